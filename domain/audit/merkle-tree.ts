import { hash } from 'node:crypto';

const DIGEST_BYTES = 32;
const END_OF_LINE = 0x0a;
/** Events are shorter; what they are hashed from is made once. */
const USUAL_BYTES = 4096;
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
  const lines = Buffer.from(text.buffer, text.byteOffset, text.length);
  const leaves = Buffer.alloc(countLines(lines) * DIGEST_BYTES);
  let leaf = Buffer.alloc(USUAL_BYTES, LEAF);
  let start = 0;
  for (let place = 0; place < leaves.length; place += DIGEST_BYTES) {
    const end = endOfLine(lines, start);
    if (leaf.length <= end - start) leaf = Buffer.alloc(2 * (end - start), LEAF);
    lines.copy(leaf, 1, start, end);
    // As text of one character a byte, which takes a quarter of the time that an object for each digest takes.
    leaves.write(hash('sha256', leaf.subarray(0, 1 + end - start), 'binary'), place, 'binary');
    start = end + 1;
  }
  return leaves;
};

const endOfLine = (lines: Buffer, from: number): number => {
  const end = lines.indexOf(END_OF_LINE, from);
  return end === -1 ? lines.length : end;
};

const countLines = (lines: Buffer): number => {
  let count = 0;
  for (let at = 0; at < lines.length; at = endOfLine(lines, at) + 1) count += 1;
  return count;
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
