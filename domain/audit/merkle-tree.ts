import { hash } from 'node:crypto';

const DIGEST_BYTES = 32;
const END_OF_LINE = 0x0a;
/** What is hashed begins with the kind of it, so that no node can pass for a leaf (RFC 9162 §2.1.1). */
const [LEAF, NODE] = [0x00, 0x01];

/** The Merkle tree over lines of text. */
export interface LineTree {
  readonly count: number;
  /** In hexadecimal digits. */
  readonly root: string;
}

/** One step from a leaf to the root: the digest that stands beside it, and on which side. */
export interface ProofStep {
  readonly side: 'left' | 'right';
  /** In hexadecimal digits. */
  readonly digest: string;
}

/** The Merkle tree hash (RFC 9162 §2.1.1) over lines, each ended by a line feed; what stands behind the last is a line, too. */
export const treeOfLines = (text: Uint8Array): LineTree => {
  const leaves = hashLeaves(text);
  const count = leaves.length / DIGEST_BYTES;
  if (count === 0) return { count, root: hash('sha256', '') };
  for (let nodes = count; nodes > 1; ) nodes = hashLevel(leaves, nodes);
  return { count, root: leaves.toString('hex', 0, DIGEST_BYTES) };
};

/** The way from one line to the root (RFC 9162 §2.1.3.1), from below; `index` counts from 0. */
export const pathOfLine = (text: Uint8Array, index: number): readonly ProofStep[] => {
  const level = hashLeaves(text);
  const steps: ProofStep[] = [];
  let at = index;
  for (let nodes = level.length / DIGEST_BYTES; nodes > 1; nodes = hashLevel(level, nodes), at = Math.floor(at / 2)) {
    const beside = at % 2 === 0 ? at + 1 : at - 1;
    // The last of an odd number has nobody beside it, and is its own parent.
    if (beside >= nodes) continue;
    const digest = level.toString('hex', beside * DIGEST_BYTES, (beside + 1) * DIGEST_BYTES);
    steps.push({ side: beside > at ? 'right' : 'left', digest });
  }
  return steps;
};

/** The digests of all lines, one after the other. */
const hashLeaves = (text: Uint8Array): Buffer => {
  // Each line is hashed with one byte before it: that of the line feed before, for which the kind is written.
  const bytes = Buffer.alloc(text.length + 1);
  bytes.set(text, 1);
  const ends = endsOfLines(bytes);
  const leaves = Buffer.alloc(ends.length * DIGEST_BYTES);
  let start = 0;
  for (const [index, end] of ends.entries()) {
    bytes[start] = LEAF;
    // A digest as text of one character a byte: an order of magnitude less to collect than one object each.
    leaves.write(hash('sha256', bytes.subarray(start, end), 'binary'), index * DIGEST_BYTES, 'binary');
    start = end;
  }
  return leaves;
};

const endsOfLines = (bytes: Buffer): readonly number[] => {
  const ends: number[] = [];
  let start = 1;
  while (start < bytes.length) {
    const end = bytes.indexOf(END_OF_LINE, start);
    ends.push(end === -1 ? bytes.length : end);
    start = end === -1 ? bytes.length : end + 1;
  }
  return ends;
};

/** Hashes a level of so many nodes into the one above, in place, and says how many that has. */
const hashLevel = (level: Buffer, nodes: number): number => {
  const pair = Buffer.alloc(1 + 2 * DIGEST_BYTES, NODE);
  const pairs = Math.floor(nodes / 2);
  for (let index = 0; index < pairs; index += 1) {
    level.copy(pair, 1, index * 2 * DIGEST_BYTES, (index + 1) * 2 * DIGEST_BYTES);
    level.write(hash('sha256', pair, 'binary'), index * DIGEST_BYTES, 'binary');
  }
  // RFC 9162 splits at the largest power of two: the last of an odd number goes up as it is.
  if (nodes % 2 === 1) level.copy(level, pairs * DIGEST_BYTES, (nodes - 1) * DIGEST_BYTES, nodes * DIGEST_BYTES);
  return pairs + (nodes % 2);
};
