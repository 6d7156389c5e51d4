// Values are bytes. People see text where they are text, else hexadecimal.

/** The text that bytes are; null where they are none. */
export function textOf(bytes) {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text) || text.includes("\r") ? null : text;
  } catch {
    return null;
  }
}

/** Sixteen bytes in a line. */
export function hexOf(bytes) {
  const lines = [];
  for (let i = 0; i < bytes.length; i += 16)
    lines.push(Array.from(bytes.subarray(i, i + 16), byte => byte.toString(16).padStart(2, "0")).join(" "));
  return lines.join("\n");
}

/** The bytes of hexadecimal digits, with any space between them; throws an Error that says what is wrong. */
export function bytesOfHex(text) {
  const digits = text.replace(/\s+/g, "");
  const wrong = digits.match(/[^0-9a-f]/i);
  if (wrong) throw new Error(`“${wrong[0]}” is no hexadecimal digit; write bytes as two digits of 0–9 and a–f.`);
  if (digits.length % 2) throw new Error("There is half a byte: hexadecimal digits come in pairs.");
  return Uint8Array.from(digits.match(/../g) ?? [], pair => parseInt(pair, 16));
}

export const sizeOf = bytes => (bytes === 1 ? "1 byte" : `${bytes.toLocaleString("en")} bytes`);
