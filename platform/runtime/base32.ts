const DIGITS = Buffer.from('0123456789abcdefghjkmnpqrstvwxyz', 'latin1');

/** Digits are gathered here: a text that grows digit by digit is a tree with a node for each of them. */
const scratch = Buffer.alloc(64);

/**
 * Bytes as lowercase base32 in Crockford's alphabet (no i, l, o, u), most significant bit first; the last digit is
 * filled up with zero bits. 16 bytes make 26 digits, 20 bytes make 32.
 */
export const base32 = (bytes: Uint8Array): string => {
  const length = Math.ceil((bytes.length * 8) / 5);
  const text = length > scratch.length ? Buffer.alloc(length) : scratch;
  let at = 0;
  let pending = 0;
  let bits = 0;
  for (const byte of bytes) {
    pending = ((pending << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text[at] = DIGITS[(pending >>> bits) & 31] ?? 0;
      at += 1;
    }
  }
  if (bits > 0) text[at] = DIGITS[(pending << (5 - bits)) & 31] ?? 0;
  return text.toString('latin1', 0, length);
};
