// The live event stream of api/events. It reconnects automatically for as long as the page is open.
import { addressOf } from "./api.js";

const retryAfter = 1000;
const silence = 6000;
const kinds = ["cluster", "node", "transition", "sample"];

/** Dispatches a CustomEvent for each event, "heard" for any of them, and "connection" with "connecting", "live" or "lost". */
export class EventStream extends EventTarget {
  #source = null;
  #watch = 0;
  #retry = 0;

  /** A hidden page closes its connection, because a browser opens only six per server. */
  start() {
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#close() : this.#open()));
    if (!document.hidden) this.#open();
  }

  #open() {
    this.#close();
    const source = new EventSource(addressOf("events"));
    this.#source = source;
    for (const kind of kinds) {
      source.addEventListener(kind, event => {
        this.#expectMore();
        this.#tell("heard");
        if (kind === "cluster") this.#tell("connection", "live");
        this.#tell(kind, JSON.parse(event.data));
      });
    }
    source.addEventListener("error", () => this.#lost());
    this.#expectMore();
  }

  #close() {
    clearTimeout(this.#watch);
    clearTimeout(this.#retry);
    this.#source?.close();
    this.#source = null;
  }

  /** A sample arrives every second, so silence means that the connection is dead, even without an error. */
  #expectMore() {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#lost(), silence);
  }

  #lost() {
    this.#close();
    this.#tell("connection", "lost");
    this.#retry = setTimeout(() => this.#open(), retryAfter);
  }

  #tell(kind, detail = null) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }
}
