// Throughput and latency of the last five minutes: two plots, and a table with the same data.
import { byId, make, onNextFrame, refill } from "./dom.js";
import { Plot, shown } from "./plot.js";

const span = 300_000;
const step = 10_000;

export class History {
  #samples = [];
  #changes = [];
  #writes = new Plot(byId("writes-plot"), byId("writes-caption"), "", [["writesPerSecond", "writes", ""]]);
  #latency = new Plot(byId("latency-plot"), byId("latency-caption"), " ms",
    [["commitP50Ms", "p50", "median "], ["commitP99Ms", "p99", "99 % "]]);
  #draw = onNextFrame(() => this.#redraw());

  constructor() {
    byId("samples").addEventListener("toggle", () => this.#tabulate());
  }

  takeAll(samples, events) {
    this.#samples = samples.map(timed);
    this.#changes = events.filter(isElected).map(event => Date.parse(event.at));
    this.#draw();
  }

  takeSample(sample) {
    const taken = timed(sample);
    this.#samples = [...this.#samples.filter(s => s.time > taken.time - span && s.time < taken.time), taken];
    this.#draw();
  }

  takeEvent(event) {
    if (isElected(event)) this.#changes.push(Date.parse(event.at));
  }

  #redraw() {
    const now = this.#samples.at(-1)?.time ?? Date.now();
    this.#writes.draw(this.#samples, this.#changes, now, span);
    this.#latency.draw(this.#samples, this.#changes, now, span);
    this.#tabulate();
  }

  /** Rows of ten seconds each, newest first. */
  #tabulate() {
    if (!byId("samples").open) return;
    const groups = [...Map.groupBy(this.#samples, s => Math.floor(s.time / step) * step)].reverse();
    refill(byId("samples").querySelector("tbody"), groups.map(([time, samples]) => make("tr", {},
      make("th", { scope: "row", textContent: new Date(time).toLocaleTimeString() }),
      ...[
        mean(samples.map(s => s.writesPerSecond)),
        mean(samples.map(s => s.commitP50Ms)),
        highest(samples.map(s => s.commitP99Ms)),
      ].map((value, i) => make("td", {
        className: "number", textContent: value === null ? "–" : `${shown(value)}${i > 0 ? " ms" : ""}`,
      })))));
  }
}

const timed = sample => ({ ...sample, time: Date.parse(sample.at) });
const isElected = event => event.kind === "role" && event.role === "leader";
const known = values => values.filter(value => value !== null);
const highest = values => (known(values).length === 0 ? null : Math.max(...known(values)));
const mean = values => (known(values).length === 0 ? null : known(values).reduce((a, b) => a + b) / known(values).length);
