// The list of keys, filtered by a prefix and paged. It reloads when entries were committed.
import { get } from "./api.js";
import { sizeOf } from "./bytes.js";
import { byId, make, refill, say } from "./dom.js";

const page = 50;
const pause = 2000;

export class KeyList {
  #open;
  #onRead;
  #keys = [];
  #cursor = null;
  #asked = 0;
  #commitIndex = 0;
  #shownAt = -1;
  #isWaiting = false;
  #selected = null;
  #isRead = false;

  /** Calls `open` with the chosen key, and `onRead` with the keys after each reload. */
  constructor(open, onRead) {
    this.#open = open;
    this.#onRead = onRead;
    byId("filter").addEventListener("submit", event => event.preventDefault());
    byId("prefix").addEventListener("input", () => this.read());
    byId("more-keys").addEventListener("click", () => this.#more());
  }

  select(key) {
    this.#selected = key;
    this.#draw();
  }

  /** Reloads at most every two seconds, if something was committed since. */
  takeCommitIndex(index) {
    this.#commitIndex = index;
    if (index === this.#shownAt || this.#isWaiting) return;
    this.#isWaiting = true;
    setTimeout(() => {
      this.#isWaiting = false;
      this.#shownAt = this.#commitIndex;
      this.read();
    }, this.#shownAt < 0 ? 0 : pause);
  }

  /** Reloads as many keys as are shown. Of several concurrent requests only the newest counts. */
  async read() {
    const asked = ++this.#asked;
    const limit = Math.min(Math.max(page, this.#keys.length), 1000);
    const answer = await this.#ask(limit, null);
    if (answer === null || asked !== this.#asked) return;
    this.#keys = answer.keys;
    this.#cursor = answer.cursor;
    this.#isRead = true;
    this.#draw();
    this.#onRead(this.#keys);
  }

  async #more() {
    const asked = ++this.#asked;
    const answer = await this.#ask(page, this.#cursor);
    if (answer === null || asked !== this.#asked) return;
    this.#keys = [...this.#keys, ...answer.keys];
    this.#cursor = answer.cursor;
    this.#draw();
  }

  async #ask(limit, cursor) {
    const query = new URLSearchParams({ prefix: byId("prefix").value, limit, ...(cursor ? { cursor } : {}) });
    try {
      return await get(`kv?${query}`);
    } catch (e) {
      // Keep the keys that were read before; without any, say why there are none.
      this.#empty(e.message);
      return null;
    }
  }

  #empty(text) {
    byId("no-keys").hidden = this.#keys.length > 0;
    say(byId("no-keys"), text);
  }

  #draw() {
    const prefix = byId("prefix").value;
    this.#empty(
      !this.#isRead ? "Keys can be read once there is a leader."
        : prefix ? `No key starts with “${prefix}”.`
          : "There are no keys yet. Write one, and watch it appear in the log.");
    byId("more-keys").hidden = this.#cursor === null;
    const focused = document.activeElement?.closest("#keys button")?.dataset.key;
    refill(byId("keys"), this.#keys.map(entry => this.#item(entry)));
    for (const button of byId("keys").querySelectorAll("button")) {
      button.onclick = () => this.#open(button.dataset.key);
      if (button.dataset.key === focused) button.focus({ preventScroll: true });
    }
  }

  #item({ key, revision, bytes }) {
    const button = make("button", { type: "button", "data-key": key, "aria-pressed": key === this.#selected },
      make("span", { className: "key-name", textContent: key }),
      make("span", { className: "aside", textContent: `${sizeOf(bytes)}, revision ${revision}` }));
    return make("li", {}, button);
  }
}
