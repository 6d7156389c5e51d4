// Guided experiments. One runs at a time, and each press of its button runs one step.
import { byId, make, mark, say } from "./dom.js";
import { experiments } from "./experiment-list.js";

export class Experiments {
  #cluster;
  #faults;
  #say;
  #cards;
  #running = null;

  constructor(cluster, faults, tell) {
    this.#cluster = cluster;
    this.#faults = faults;
    this.#say = tell;
    this.#cards = experiments.map(experiment => this.#card(experiment));
    byId("experiments").append(...this.#cards.map(card => card.element));
  }

  /** The button names the next step. It is disabled while the experiment is not possible. */
  draw() {
    const obstacle = this.#obstacle();
    say(byId("obstacle"), obstacle ?? "Choose an experiment. Each has two steps; the button names the next one.");
    for (const { experiment, button, state } of this.#cards) {
      const isRunning = this.#running?.experiment === experiment;
      const { steps } = experiment;
      say(button, steps[isRunning ? this.#running.next : 0].label);
      mark(button, "aria-disabled", isRunning || obstacle === null ? null : true);
      say(state, isRunning ? `Step ${this.#running.next} of ${steps.length} is done. ${this.#running.told}` : "");
    }
  }

  #obstacle() {
    const cluster = this.#cluster;
    if (this.#running) return "An experiment is running. Continue with its next step, or heal everything.";
    if (cluster.nodes.length < 3) return "Experiments need at least three nodes.";
    if (cluster.upNodes.length < cluster.nodes.length || cluster.faults?.cuts.length > 0) return "Heal everything first.";
    return cluster.leader ? null : "Wait for a leader.";
  }

  #card(experiment) {
    const button = make("button", { type: "button" });
    const state = make("p", { className: "told" });
    const element = make("li", { className: "experiment" },
      make("h4", { textContent: experiment.title }),
      make("p", {}, `${experiment.will} `, make("span", { className: "aside", textContent: `(${experiment.source})` })),
      state, button);
    const card = { experiment, element, button, state };
    button.onclick = () => button.getAttribute("aria-disabled") || this.#step(experiment);
    return card;
  }

  async #step(experiment) {
    const run = this.#running ?? { experiment, next: 0, told: "", picked: pick(this.#cluster) };
    this.#running = run;
    try {
      run.told = await experiment.steps[run.next].run(run.picked, this.#faults);
      run.next += 1;
      this.#say(run.told);
    } catch (e) {
      this.#say(e.message, true);
    }
    if (run.next === experiment.steps.length || run.next === 0) this.#running = null;
    await this.#faults.refresh();
    this.draw();
  }

  /** After "heal everything" an experiment starts from its first step. */
  reset() {
    this.#running = null;
  }
}

/** The nodes of an experiment: the leader and the others. The node behind this page comes last among the others. */
function pick(cluster) {
  const leader = cluster.leader.nodeId;
  const here = cluster.seenFrom;
  const names = cluster.nodes.map(node => node.nodeId);
  const others = names.filter(name => name !== leader).sort((a, b) => (a === here) - (b === here));
  return { leader, others, here, elsewhere: names.filter(name => name !== here) };
}
