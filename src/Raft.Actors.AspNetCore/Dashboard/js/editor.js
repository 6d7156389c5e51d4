// Reads and writes a key. A write names the revision that it replaces, so that no concurrent change is overwritten unnoticed.
import { addressOf, keyPath, send } from "./api.js";
import { sizeOf } from "./bytes.js";
import { confirmed } from "./confirm.js";
import { byId, say } from "./dom.js";
import { ValueField } from "./value-field.js";

const revisionOf = answer => Number(answer.headers.get("ETag").replace(/^W\//, "").replaceAll('"', ""));

export class Editor {
  #value = new ValueField();
  /** The key and the revision that was read; null for a new key. */
  #key = null;
  #revision = null;
  #newer = null;
  #onChange;

  /** Calls `onChange` with the open key, or null, after each change. */
  constructor(onChange) {
    this.#onChange = onChange;
    byId("editor").addEventListener("submit", event => {
      event.preventDefault();
      this.#try(() => this.#save(this.#revision));
    });
    byId("new-key").onclick = () => this.#clear();
    byId("reload").onclick = () => this.#try(() => this.#read(this.#key));
    byId("delete").onclick = () => this.#try(() => this.#delete());
    byId("take-theirs").onclick = () => this.#try(() => (this.#newer === 0 ? this.#gone() : this.#read(byId("key").value)));
    byId("keep-mine").onclick = () => this.#try(() => this.#save(this.#newer === 0 ? null : this.#newer));
    this.#show(null, null);
  }

  open(key) {
    return this.#try(() => this.#read(key));
  }

  /** Warns if the open key has another revision than the one that was read. */
  compare(keys) {
    const listed = keys.find(({ key }) => key === this.#key);
    if (listed && this.#revision !== null && listed.revision > this.#revision) this.#warn(listed.revision);
  }

  async #read(key) {
    const answer = await send("GET", keyPath(key));
    const bytes = new Uint8Array(await answer.arrayBuffer());
    this.#value.bytes = bytes;
    this.#show(key, revisionOf(answer));
    this.#say(`${key} has ${sizeOf(bytes.length)}, revision ${this.#revision}.`);
  }

  async #save(revision) {
    const key = byId("key").value;
    const headers = revision === null ? { "If-None-Match": "*" } : { "If-Match": `"${revision}"` };
    const done = await (await send("PUT", keyPath(key), { body: this.#value.bytes, headers })).json();
    this.#show(key, done.revision);
    this.#say(`${key} was written at log index ${done.index} in term ${done.term}.`);
  }

  async #delete() {
    const key = this.#key;
    if (!await confirmed(`Delete ${key}?`, "This deletes the key and its value and can't be undone.", "Delete key")) return;
    await send("DELETE", keyPath(key), { headers: { "If-Match": `"${this.#revision}"` } });
    this.#clear();
    this.#say(`${key} was deleted.`);
  }

  #gone() {
    this.#show(null, null);
    this.#say("The key no longer exists. Save it to create it again.");
  }

  #clear() {
    this.#value.bytes = new Uint8Array();
    byId("key").value = "";
    this.#show(null, null);
    this.#say("");
    byId("key").focus();
  }

  #show(key, revision) {
    this.#key = key;
    this.#revision = revision;
    this.#warn(null);
    const isNew = key === null;
    if (!isNew) byId("key").value = key;
    byId("key").readOnly = !isNew;
    say(byId("editor-title"), isNew ? "New key" : `Revision ${revision}`);
    say(byId("save"), isNew ? "Create" : "Save");
    for (const id of ["reload", "delete", "download"]) byId(id).hidden = isNew;
    if (!isNew) byId("download").href = addressOf(keyPath(key));
    this.#onChange(key);
  }

  /** Handles a concurrent change: its revision, 0 if the key was deleted, null if there was none. */
  #warn(newer) {
    this.#newer = newer;
    byId("conflict").hidden = newer === null;
    if (newer === null) return;
    const seen = this.#revision === null ? "" : `; you read revision ${this.#revision}`;
    say(byId("conflict-text"), newer === 0
      ? "This key was deleted after you read it."
      : `This key was changed: it now has revision ${newer}${seen}.`);
  }

  async #try(action) {
    const buttons = [...byId("editor").querySelectorAll("button")];
    const focused = document.activeElement;
    buttons.forEach(button => { button.disabled = true; });
    this.#say("…");
    try {
      await action();
      if (byId("store-answer").textContent === "…") this.#say("");
    } catch (e) {
      if (e.status === 412) this.#warn(e.body.currentRevision);
      this.#say(e.status === 412 ? "Nothing was written." : e.message, true);
    }
    buttons.forEach(button => { button.disabled = false; });
    if (document.activeElement === document.body && !focused?.hidden) focused?.focus();
  }

  #say(text, isProblem = false) {
    byId("store-answer").classList.toggle("problem", isProblem);
    say(byId("store-answer"), text);
  }
}
