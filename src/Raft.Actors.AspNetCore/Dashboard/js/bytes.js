// Values are bytes. They are shown as text if they are valid text, otherwise as hexadecimal.

/** Decodes bytes as text; null if they are not valid text. */
export function textOf(bytes) {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text) || text.includes("\r") ? null : text;
  } catch {
    return null;
  }
}

/** Formats bytes as hexadecimal, sixteen per line. */
export function hexOf(bytes) {
  const lines = [];
  for (let i = 0; i < bytes.length; i += 16)
    lines.push(Array.from(bytes.subarray(i, i + 16), byte => byte.toString(16).padStart(2, "0")).join(" "));
  return lines.join("\n");
}

/** Parses hexadecimal digits with any whitespace. Throws an Error that says what is wrong. */
export function bytesOfHex(text) {
  const digits = text.replace(/\s+/g, "");
  const wrong = digits.match(/[^0-9a-f]/i);
  if (wrong) throw new Error(`“${wrong[0]}” is not a hexadecimal digit. Write each byte as two digits of 0–9 and a–f.`);
  if (digits.length % 2) throw new Error("The number of hexadecimal digits is odd. Write each byte as two digits.");
  return Uint8Array.from(digits.match(/../g) ?? [], pair => parseInt(pair, 16));
}

export const sizeOf = bytes => (bytes === 1 ? "1 byte" : `${bytes.toLocaleString("en")} bytes`);
