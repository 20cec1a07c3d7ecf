"use strict";
// The entries of a zip archive, once its list keeps every limit: reading/zip_guard.py.
// What unpacks the search index unpacks them: no browser of 2020 has a decompressor for pages.

const ZIP = deskTable("reading.zip_guard");
const END_OF_ENTRIES = 0x06054b50;
const LIST_ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;

/**
 * @typedef {{name: string, method: number, packed: number, size: number,
 *   start: number}} ZipEntry
 */

class ZipArchive {
  /** Throws DeskError for an archive that is broken, encrypted, or would unpack to too much.
   * @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    /** Entries by their names in lower case, without a leading slash. */
    this.entries = new Map(this.readList().map((entry) => [partName(entry.name), entry]));
  }

  findEnd() {
    const first = Math.max(0, this.bytes.length - 22 - 0xffff);
    for (let at = this.bytes.length - 22; at >= first; at--) {
      if (this.view.getUint32(at, true) === END_OF_ENTRIES) return at;
    }
    throw new DeskError(ZIP.DAMAGED);
  }

  /** @returns {ZipEntry[]} */
  readList() {
    const end = this.findEnd();
    const count = this.view.getUint16(end + 10, true);
    const length = this.view.getUint32(end + 12, true);
    if (length > ZIP.MOST_DIRECTORY_BYTES) throw new DeskError(ZIP.TOO_MANY);
    if (count > ZIP.MOST_ENTRIES) throw new DeskError(say(ZIP.OVER, { most: ZIP.MOST_ENTRIES }));
    const entries = [];
    let at = end - length; // also where something stands before the archive
    const shift = at - this.view.getUint32(end + 16, true);
    for (let n = 0; n < count; n++) {
      if (at < 0 || at + 46 > end || this.view.getUint32(at, true) !== LIST_ENTRY) {
        throw new DeskError(ZIP.DAMAGED);
      }
      const [entry, next] = this.readEntry(at, shift);
      entries.push(entry);
      at = next;
    }
    const sum = entries.reduce((total, { size }) => total + size, 0);
    if (sum > ZIP.MOST_BYTES) {
      throw new DeskError(say(ZIP.TOO_LARGE, { most: ZIP.MOST_BYTES / 2 ** 20 }));
    }
    return entries;
  }

  /** @param {number} at @param {number} shift @returns {[ZipEntry, number]} */
  readEntry(at, shift) {
    const { view } = this;
    if (view.getUint16(at + 8, true) & ZIP.ENCRYPTED) throw new DeskError(ZIP.LOCKED);
    const lengths = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const name = new TextDecoder().decode(this.bytes.subarray(at + 46, at + 46 + lengths[0]));
    const packed = view.getUint32(at + 20, true);
    const size = view.getUint32(at + 24, true);
    const isLarge = size > Math.max(ZIP.LARGE_ENTRY, Math.max(1, packed) * ZIP.MOST_RATIO);
    const isPicture = ZIP.RAW_PICTURES.some((/** @type {string} */ end) =>
      name.toLowerCase().endsWith(end));
    if (isLarge && !isPicture) throw new DeskError(ZIP.BOMB);
    const method = view.getUint16(at + 10, true);
    const start = view.getUint32(at + 42, true) + shift;
    const next = at + 46 + lengths[0] + lengths[1] + lengths[2];
    return [{ name, method, packed, size, start }, next];
  }

  /** The bytes of an entry, null where there is none. @param {string} name */
  read(name) {
    const entry = this.entries.get(partName(name));
    if (!entry) return null;
    try {
      const { view } = this;
      const head = entry.start;
      const start = head + 30 + view.getUint16(head + 26, true) + view.getUint16(head + 28, true);
      const packed = this.bytes.subarray(start, start + entry.packed);
      if (entry.method === STORED && packed.length === entry.size) return packed;
      if (entry.method === DEFLATED) {
        const bytes = inflate(new BitReader(packWords(packed)), entry.size);
        if (bytes.length === entry.size) return Uint8Array.from(bytes);
      }
    } catch {
      throw new DeskError(ZIP.BROKEN_ENTRY);
    }
    throw new DeskError(ZIP.BROKEN_ENTRY);
  }
}

/** Some writers use backslashes, or other letters than the parts that refer to an entry.
 * @param {string} name */
function partName(name) {
  return name.replace(/\\/g, "/").replace(/^\/+/, "").toLowerCase();
}

/** Bytes as the words of the search index, which BitReader reads. @param {Uint8Array} bytes */
function packWords(bytes) {
  /** @type {string[]} */
  const pieces = [];
  /** @type {number[]} */
  let words = [];
  let held = 0;
  let count = 0;
  for (const byte of bytes) {
    held |= byte << count;
    count += 8;
    if (count < WORD_BITS) continue;
    words.push(FIRST_WORD + (held & 0x7fff));
    held >>>= WORD_BITS;
    count -= WORD_BITS;
    if (words.length === 8192) {
      pieces.push(String.fromCharCode(...words));
      words = [];
    }
  }
  words.push(FIRST_WORD + (held & 0x7fff), FIRST_WORD);
  return pieces.join("") + String.fromCharCode(...words);
}
