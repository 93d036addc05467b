/** Packed arrays back to typed arrays: base64, raw deflate, checksum, length. */

/** One array could not be trusted; the sections that need it say so. */
export class DamagedData extends Error {
  constructor(
    readonly part: string,
    reason: string,
  ) {
    super(`${part}: ${reason}`);
  }
}

const CRC_TABLE = (() => {
  const table = new Uint32Array(256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    table[n] = c >>> 0;
  }
  return table;
})();

/** CRC-32 (IEEE) as eight lower-case hex digits. */
export function crc32_hex(bytes: Uint8Array): string {
  let c = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) c = CRC_TABLE[(c ^ bytes[i]!) & 0xff]! ^ (c >>> 8);
  return ((c ^ 0xffffffff) >>> 0).toString(16).padStart(8, "0");
}

export function decode_base64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** Inflates raw deflate. Stops as soon as more than `limit` bytes come out: a bomb is damage, too. */
export async function inflate_raw(bytes: Uint8Array, limit: number): Promise<Uint8Array> {
  const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = stream.getReader();
  const out = new Uint8Array(limit);
  let used = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return out.subarray(0, used);
    if (used + value.length > limit) {
      await reader.cancel();
      throw new Error("longer than it should be");
    }
    out.set(value, used);
    used += value.length;
  }
}

export type ElementType = "u8" | "u16" | "u32" | "i16" | "f32";

export interface ElementArrays {
  u8: Uint8Array;
  u16: Uint16Array;
  u32: Uint32Array;
  i16: Int16Array;
  f32: Float32Array;
}

const WIDTH: Record<ElementType, number> = { u8: 1, u16: 2, u32: 4, i16: 2, f32: 4 };

/** Little-endian elements, whatever the machine's own order. */
export function read_elements<T extends ElementType>(bytes: Uint8Array, type: T): ElementArrays[T] {
  const count = bytes.length / WIDTH[type];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = <A extends { [i: number]: number }>(out: A, get: (offset: number) => number): A => {
    for (let i = 0; i < count; i++) out[i] = get(i * WIDTH[type]);
    return out;
  };
  const readers: { [K in ElementType]: () => ElementArrays[K] } = {
    u8: () => bytes.slice(),
    u16: () => read(new Uint16Array(count), (o) => view.getUint16(o, true)),
    u32: () => read(new Uint32Array(count), (o) => view.getUint32(o, true)),
    i16: () => read(new Int16Array(count), (o) => view.getInt16(o, true)),
    f32: () => read(new Float32Array(count), (o) => view.getFloat32(o, true)),
  };
  return readers[type]();
}

export interface PackedArray<T extends ElementType> {
  /** Dotted name, as in Report.crc. */
  name: string;
  type: T;
  count: number;
  packed: unknown;
  zip: boolean;
  crc: string | undefined;
}

/** Throws DamagedData if anything about the array is not as it should be. */
export async function unpack<T extends ElementType>(a: PackedArray<T>): Promise<ElementArrays[T]> {
  const length = a.count * WIDTH[a.type];
  if (typeof a.packed !== "string") throw new DamagedData(a.name, "is missing");
  let bytes: Uint8Array;
  try {
    bytes = decode_base64(a.packed);
    if (a.zip) bytes = await inflate_raw(bytes, length);
  } catch (e) {
    throw new DamagedData(a.name, `cannot be read (${e instanceof Error ? e.message : String(e)})`);
  }
  if (bytes.length !== length) throw new DamagedData(a.name, `has ${bytes.length} bytes, not ${length}`);
  if (crc32_hex(bytes) !== a.crc) throw new DamagedData(a.name, "does not match its checksum");
  return read_elements(bytes, a.type);
}
