// The value in the editor: bytes, shown as text or as hexadecimal.
import { bytesOfHex, hexOf, sizeOf, textOf } from "./bytes.js";
import { byId, say } from "./dom.js";

const formats = () => [...document.querySelectorAll('input[name="format"]')];

export class ValueField {
  #field = byId("value");
  #format = "text";

  constructor() {
    formats().forEach(radio => radio.addEventListener("change", () => this.#switchTo(radio.value)));
    this.#field.addEventListener("input", () => this.#describe());
  }

  /** Returns the bytes. Throws an Error that says what is wrong with the digits. */
  get bytes() {
    return this.#format === "hex" ? bytesOfHex(this.#field.value) : new TextEncoder().encode(this.#field.value);
  }

  set bytes(bytes) {
    const text = textOf(bytes);
    this.#show(text === null ? "hex" : "text", text ?? hexOf(bytes));
  }

  #switchTo(format) {
    try {
      const { bytes } = this;
      const text = textOf(bytes);
      if (format === "hex") this.#show("hex", hexOf(bytes));
      else if (text !== null) this.#show("text", text);
      else this.#show("hex", this.#field.value, "This value is not text.");
    } catch (e) {
      this.#show("hex", this.#field.value, e.message);
    }
  }

  #show(format, value, problem) {
    this.#format = format;
    formats().forEach(radio => { radio.checked = radio.value === format; });
    this.#field.value = value;
    this.#describe(problem);
  }

  #describe(problem) {
    try {
      say(byId("value-about"), problem ?? sizeOf(this.bytes.length));
    } catch (e) {
      say(byId("value-about"), e.message);
    }
  }
}
