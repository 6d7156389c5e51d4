// A ring that empties while a follower waits for its leader's next heartbeat.
import { makeSvg, mark, say } from "./dom.js";

const radius = 20;
const length = 2 * Math.PI * radius;
const stillness = matchMedia("(prefers-reduced-motion: reduce)");

/** The ring of a node. It is decorative, because it changes all the time; the card states the timeout as text. */
export class Countdown {
  element = makeSvg("svg", { class: "ring", viewBox: "0 0 48 48", "aria-hidden": "true" });
  #arc = makeSvg("circle", { class: "ring-left", cx: 24, cy: 24, r: radius, "stroke-dasharray": length });
  #text = makeSvg("text", { x: 24, y: 28, "text-anchor": "middle" });
  #total = null;
  #endsAt = 0;

  constructor() {
    this.element.append(makeSvg("circle", { class: "ring-all", cx: 24, cy: 24, r: radius }), this.#arc, this.#text);
  }

  /** Sets the status of a node; null if it does not wait for a heartbeat. */
  take(total, left, seenAt) {
    this.#total = total;
    this.#endsAt = seenAt + left;
    this.element.toggleAttribute("hidden", total === null);
    if (stillness.matches) this.draw(seenAt);
  }

  /** Draws the remaining time at a given performance.now(). */
  draw(now) {
    if (this.#total === null) return;
    const left = Math.min(this.#total, Math.max(0, this.#endsAt - now));
    mark(this.#arc, "stroke-dashoffset", (length * (1 - left / this.#total)).toFixed(1));
    say(this.#text, `${(left / 1000).toFixed(1)} s`);
  }
}

/** Draws all rings in each frame. If the user prefers reduced motion, draws them only when a node reports something new. */
export function animate(countdowns) {
  const draw = now => {
    if (!stillness.matches) countdowns().forEach(countdown => countdown.draw(now));
    requestAnimationFrame(draw);
  };
  requestAnimationFrame(draw);
}
