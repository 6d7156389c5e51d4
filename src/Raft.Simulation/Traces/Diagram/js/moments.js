// The events around the moment in words: the contents of the diagram for reading, searching and screen readers.
import { element } from "./dom.js";
import { isRoutine } from "./kinds.js";
import { seconds, wordsOf } from "./words.js";

const BEFORE = 40;
const AFTER = 25;

export class MomentsList {
  constructor(run, choose) {
    this.run = run;
    this.list = document.getElementById("moments-list");
    this.shown = "";
    this.list.addEventListener("click", event => {
      const button = event.target.closest("button");
      if (button !== null) choose(Number(button.dataset.order));
    });
  }

  /** Shows the moments around this one that pass the filter. */
  show(order, isShown) {
    const orders = this.#around(order, isShown);
    const key = order + ":" + orders.join();
    if (key === this.shown) return;
    this.shown = key;
    this.list.replaceChildren(...orders.map(other => this.#item(other, order)));
    const current = this.list.querySelector("[aria-current]");
    if (current === null) return;
    this.list.scrollTop = current.offsetTop - this.list.offsetTop - this.list.clientHeight * 0.55;
  }

  #around(order, isShown) {
    const orders = [];
    const { moments } = this.run;
    for (let i = order; i >= 0 && orders.length < BEFORE; i--) if (isShown(moments[i])) orders.unshift(i);
    const limit = orders.length + AFTER;
    for (let i = order + 1; i < moments.length && orders.length < limit; i++) if (isShown(moments[i])) orders.push(i);
    return orders;
  }

  #item(order, current) {
    const moment = this.run.moments[order];
    const button = element("button", order > current ? "after" : "");
    button.dataset.order = order;
    if (order === current) button.setAttribute("aria-current", "true");
    const what = element("span", "what", wordsOf(moment));
    what.style.color = colorOf(moment);
    what.title = what.textContent;
    button.append(element("time", "", seconds(moment.t)), what);
    const item = element("li");
    item.append(button);
    return item;
  }
}

/** The colour of a message's arrow, as a variable of the style sheet, so that it follows the theme. */
function colorOf({ what, event }) {
  if (what === "message" || what === "arrival") return isRoutine(event.kind) ? "var(--muted)" : `var(--${event.kind})`;
  const variables = { violation: "--bad", fault: "--fault", "fault-end": "--fault", power: "--down-line" };
  return `var(${variables[what] ?? "--text"})`;
}
