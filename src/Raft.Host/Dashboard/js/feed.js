// The live feed: server-sent events of api/events. Tries again by itself for as long as the page is open.
import { addressOf } from "./api.js";

const retryAfter = 1000;
const silence = 6000;
const kinds = ["cluster", "node", "transition", "sample"];

/** Tells a CustomEvent for each event of the feed, "heard" for any of them, and "connection" with "connecting", "live" or "lost". */
export class Feed extends EventTarget {
  #source = null;
  #watch = 0;
  #retry = 0;

  /** A hidden page gives its connection back: a browser has only six for each server. */
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

  /** There is a sample each second, so silence means that the connection is dead even where nobody said so. */
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
