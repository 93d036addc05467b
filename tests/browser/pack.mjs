// Arrays as the page wants them: little-endian, raw deflate, base64, with a CRC-32 of the raw bytes.
import { deflateRawSync } from "node:zlib";

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});

export function crc32(bytes) {
  let c = 0xffffffff;
  for (const b of bytes) c = table[(c ^ b) & 0xff] ^ (c >>> 8);
  return ((c ^ 0xffffffff) >>> 0).toString(16).padStart(8, "0");
}

const WRITERS = {
  u8: [1, (v, o, x) => v.setUint8(o, x)],
  u16: [2, (v, o, x) => v.setUint16(o, x, true)],
  u32: [4, (v, o, x) => v.setUint32(o, x, true)],
  i16: [2, (v, o, x) => v.setInt16(o, x, true)],
  f32: [4, (v, o, x) => v.setFloat32(o, x, true)],
};

export class Packer {
  crc = {};

  constructor(zip) {
    this.zip = zip;
  }

  pack(name, type, values) {
    const [width, set] = WRITERS[type];
    const view = new DataView(new ArrayBuffer(values.length * width));
    for (let k = 0; k < values.length; k++) set(view, k * width, values[k]);
    const bytes = Buffer.from(view.buffer);
    this.crc[name] = crc32(bytes);
    return (this.zip ? deflateRawSync(bytes) : bytes).toString("base64");
  }
}
