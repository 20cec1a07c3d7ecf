"use strict";
// A zip file with stored members: old browsers can compress nothing.

const ZIP_VERSION = 20; // 2.0
const UTF8_NAMES = 0x0800;
const FIRST_DAY = 0x21; // 1980-01-01, the earliest date; equal texts give equal files

const CRC_TABLE = Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

/** The CRC-32 of bytes. @param {Uint8Array} bytes */
function crc32(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) value = CRC_TABLE[(value ^ byte) & 255] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

/** Numbers in little-endian order: [value, bytes] each. @param {[number, number][]} numbers */
function packNumbers(numbers) {
  return numbers.flatMap(([value, size]) =>
    Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** i) % 256));
}

/** @param {Uint8Array} name @param {Uint8Array} content @returns {[number, number][]} */
function describeMember(name, content) {
  return [
    [ZIP_VERSION, 2], [UTF8_NAMES, 2], [0, 2], [0, 2], [FIRST_DAY, 2], [crc32(content), 4],
    [content.length, 4], [content.length, 4], [name.length, 2], [0, 2],
  ];
}

/** Files by their names as a zip archive. @param {[string, string][]} files */
function makeZip(files) {
  const encoder = new TextEncoder();
  /** @type {ArrayLike<number>[]} */
  const members = [];
  /** @type {ArrayLike<number>[]} */
  const directory = [];
  let offset = 0;
  for (const [path, text] of files) {
    const [name, content] = [encoder.encode(path), encoder.encode(text)];
    const described = describeMember(name, content);
    const header = packNumbers([[0x04034b50, 4], ...described]);
    members.push(header, name, content);
    directory.push(packNumbers([
      [0x02014b50, 4], [ZIP_VERSION, 2], ...described, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4],
    ]), name);
    offset += header.length + name.length + content.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = packNumbers([
    [0x06054b50, 4], [0, 2], [0, 2], [files.length, 2], [files.length, 2], [size, 4], [offset, 4],
    [0, 2],
  ]);
  return concatenateBytes([...members, ...directory, end]);
}

/** @param {ArrayLike<number>[]} parts */
function concatenateBytes(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
