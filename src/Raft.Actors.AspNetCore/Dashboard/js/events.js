// The list of events, newest first.
import { byId, make } from "./dom.js";

const kept = 200;

export class Events {
  #list = byId("event-list");
  #newest = "";

  /** Adds past events; after a reconnect only the new ones. */
  takeAll(events) {
    events.filter(event => event.at > this.#newest).forEach(event => this.take(event));
    // Only now: past events are not news for a screen reader.
    requestAnimationFrame(() => this.#list.setAttribute("aria-live", "polite"));
  }

  take(event) {
    const at = new Date(event.at);
    const time = make("time", { dateTime: event.at, textContent: at.toLocaleTimeString() });
    const item = make("li", { className: `event ${lookOf(event)}` }, time, make("span", { textContent: event.text }));
    this.#list.prepend(item);
    this.#newest = event.at;
    while (this.#list.children.length > kept) this.#list.lastElementChild.remove();
    byId("no-events").hidden = true;
  }
}

function lookOf({ kind, role }) {
  if (kind === "role") return `is-${role}`;
  return ["unreachable", "halted"].includes(kind) ? "is-trouble" : "is-other";
}
