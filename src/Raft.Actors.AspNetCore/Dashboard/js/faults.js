// The fault panel of `raft dev`: breaks and heals nodes and links.
import { get, post, send } from "./api.js";
import { byId, make, say } from "./dom.js";
import { Experiments } from "./experiments.js";
import { Links } from "./links.js";

const rhythm = 2000;
const verbs = {
  running: [["pause", "Pause"], ["crash", "Crash"]],
  paused: [["resume", "Resume"], ["crash", "Crash"]],
  crashed: [["restart", "Restart"]],
};

export class Faults {
  #cluster;
  #onChange;
  #rows = new Map();
  #links;
  #experiments;

  /** Calls `onChange` when the faults have been reloaded. */
  constructor(cluster, onChange) {
    this.#cluster = cluster;
    this.#onChange = onChange;
    this.#links = new Links((a, b, isCut) => this.#do(
      () => this.link(a, b, !isCut), `${a} and ${b} ${isCut ? "reach each other again" : "can no longer reach each other"}.`));
    this.#experiments = new Experiments(cluster, this, (text, isProblem) => this.#say(text, isProblem));
    byId("heal").onclick = () => {
      this.#experiments.reset();
      return this.#do(() => this.heal(), "All nodes run and all links are healed.");
    };
    byId("faults").hidden = false;
    this.refresh();
    setInterval(() => document.hidden || this.refresh(), rhythm);
  }

  node(nodeId, verb) {
    return post(`dev/nodes/${encodeURIComponent(nodeId)}/${verb}`);
  }

  link(a, b, cut) {
    return send(cut ? "PUT" : "DELETE", `dev/links/${encodeURIComponent(a)}/${encodeURIComponent(b)}`);
  }

  heal() {
    return send("DELETE", "dev/faults");
  }

  async refresh() {
    try {
      this.#cluster.faults = await get("dev/faults");
      this.#onChange();
    } catch {
      // The top of the page already says that the connection is lost.
    }
  }

  draw() {
    const { nodes } = this.#cluster;
    const list = byId("fault-nodes");
    for (const { nodeId } of nodes) {
      if (!this.#rows.has(nodeId)) this.#rows.set(nodeId, list.appendChild(make("li", {})));
      this.#drawRow(nodeId, this.#rows.get(nodeId));
    }
    this.#links.draw(this.#cluster);
    this.#experiments.draw();
    const { faults } = this.#cluster;
    byId("heal").disabled = !faults || (faults.cuts.length === 0 && faults.nodes.every(n => n.state === "running"));
  }

  #drawRow(nodeId, row) {
    const state = this.#cluster.faultOf(nodeId);
    const isLeader = this.#cluster.leader?.nodeId === nodeId;
    const look = `${state}${isLeader ? " leader" : ""}`;
    if (row.dataset.look === look) return;
    const hadFocus = row.contains(document.activeElement);
    row.dataset.look = look;
    row.replaceChildren(
      make("strong", { textContent: nodeId }),
      make("span", { className: `state is-${state}`, textContent: isLeader && state === "running" ? "running, leads" : state }),
      ...verbs[state].map(([verb, label]) => make("button", {
        type: "button", textContent: label, "aria-label": `${label} ${nodeId}`,
        onclick: () => this.#do(() => this.node(nodeId, verb), `${label} ${nodeId}: done.`),
      })));
    if (hadFocus) row.querySelector("button").focus();
  }

  async #do(action, text) {
    try {
      await action();
      this.#say(text);
    } catch (e) {
      this.#say(e.message, true);
    }
    await this.refresh();
  }

  #say(text, isProblem = false) {
    byId("fault-answer").classList.toggle("problem", isProblem);
    say(byId("fault-answer"), text);
  }
}
