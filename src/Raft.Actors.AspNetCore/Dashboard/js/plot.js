// A plot over time: axes, lines, and a readout under the pointer.
import { makeSvg, say } from "./dom.js";

const height = 150;
const margin = { left: 44, right: 12, top: 10, bottom: 22 };

/** A plot of lines, one per field of the samples. */
export class Plot {
  #svg;
  #caption;
  #lines;
  #unit;
  #pointer = null;
  #again = () => {};

  /** The lines are [field, class, name]. */
  constructor(svg, caption, unit, lines) {
    this.#svg = svg;
    this.#caption = caption;
    this.#unit = unit;
    this.#lines = lines;
    this.title = caption.textContent;
    svg.addEventListener("pointermove", event => this.#point(event.offsetX));
    svg.addEventListener("pointerleave", () => this.#point(null));
    new ResizeObserver(() => this.#again()).observe(svg);
  }

  /** Draws samples, whose times are in milliseconds, over a time span that ends now. */
  draw(samples, changes, now, span) {
    this.#again = () => this.draw(samples, changes, now, span);
    const width = Math.max(this.#svg.clientWidth, 200);
    const top = niceCeiling(Math.max(0, ...samples.flatMap(s => this.#lines.map(([field]) => s[field] ?? 0))));
    const x = time => margin.left + (1 - (now - time) / span) * (width - margin.left - margin.right);
    const y = value => height - margin.bottom - (value / top) * (height - margin.top - margin.bottom);
    this.#svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.#svg.replaceChildren(
      ...valueAxis(top, y, width),
      ...timeAxis(now, span, x),
      ...changes.filter(time => time > now - span).map(time =>
        makeSvg("path", { class: "change", d: `M${x(time).toFixed(1)} ${margin.top}V${height - margin.bottom}` })),
      ...this.#lines.map(([field, className]) => makeSvg("path", { class: className, d: pathOf(samples, field, x, y) })));
    this.#read(samples, x);
  }

  #point(at) {
    this.#pointer = at;
    this.#again();
  }

  /** The caption shows the newest values, or those under the pointer. */
  #read(samples, x) {
    if (samples.length === 0) return say(this.#caption, `${this.title}: no data yet`);
    const near = this.#pointer === null ? samples.at(-1) : samples.reduce((a, b) =>
      Math.abs(x(a.time) - this.#pointer) < Math.abs(x(b.time) - this.#pointer) ? a : b);
    const values = this.#lines.map(([field, , name]) => `${name}${shown(near[field])}${near[field] === null ? "" : this.#unit}`);
    const when = this.#pointer === null ? "now" : `at ${new Date(near.time).toLocaleTimeString()}`;
    say(this.#caption, `${this.title}: ${values.join(", ")} ${when}`);
    if (this.#pointer === null) return;
    const at = x(near.time).toFixed(1);
    this.#svg.append(makeSvg("path", { class: "pointer", d: `M${at} ${margin.top}V${height - margin.bottom}` }));
  }
}

export function shown(value) {
  if (value === null || value === undefined) return "–";
  return value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 1 : 0 });
}

/** Returns the next round number that is easy to halve. */
function niceCeiling(value) {
  if (value <= 1) return 1;
  const step = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 3, 4, 6, 8, 10].map(factor => factor * step).find(nice => nice >= value);
}

function valueAxis(top, y, width) {
  return [0, top / 2, top].flatMap(value => [
    makeSvg("path", { class: "grid", d: `M${margin.left} ${y(value)}H${width - margin.right}` }),
    makeSvg("text", { x: margin.left - 6, y: y(value) + 4, "text-anchor": "end" }, shown(value)),
  ]);
}

function timeAxis(now, span, x) {
  const minutes = span / 60_000;
  return Array.from({ length: minutes + 1 }, (_, i) => makeSvg("text", {
    x: x(now - i * 60_000), y: height - 5, "text-anchor": i === 0 ? "end" : i === minutes ? "start" : "middle",
  }, i === 0 ? "now" : `−${i} min`));
}

/** Draws a line with gaps where values are missing. */
function pathOf(samples, field, x, y) {
  let isDown = false;
  return samples.map(sample => {
    const value = sample[field];
    const command = value === null ? "" : `${isDown ? "L" : "M"}${x(sample.time).toFixed(1)} ${y(value).toFixed(1)}`;
    const isAlone = command !== "" && !isDown;
    isDown = value !== null;
    return isAlone ? `${command}h0.1` : command;
  }).join("");
}
