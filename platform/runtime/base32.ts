const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * Bytes as lowercase base32 in Crockford's alphabet (no i, l, o, u), most significant bit first; the last digit is
 * filled up with zero bits. 16 bytes make 26 digits, 20 bytes make 32.
 */
export const base32 = (bytes: Uint8Array): string => {
  let text = '';
  let pending = 0;
  let bits = 0;
  for (const byte of bytes) {
    pending = ((pending << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += DIGITS.charAt((pending >>> bits) & 31);
    }
  }
  return bits === 0 ? text : text + DIGITS.charAt((pending << (5 - bits)) & 31);
};
