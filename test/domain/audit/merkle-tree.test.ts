import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { pathOfLine, treeOfLines } from '../../../domain/audit/merkle-tree.ts';

const sha256 = (...parts: readonly Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
const [leafPrefix, nodePrefix] = [Buffer.of(0), Buffer.of(1)];

/** RFC 9162 §2.1.1, word for word: split at the largest power of two that is smaller. */
const hashOf = (entries: readonly Buffer[]): Buffer => {
  const [first] = entries;
  if (first === undefined) return sha256();
  if (entries.length === 1) return sha256(leafPrefix, first);
  const half = 2 ** Math.floor(Math.log2(entries.length - 1));
  return sha256(nodePrefix, hashOf(entries.slice(0, half)), hashOf(entries.slice(half)));
};

const textOf = (entries: readonly Buffer[]): Buffer => Buffer.concat(entries.flatMap((entry) => [entry, Buffer.from('\n')]));

describe('The Merkle tree over lines', () => {
  // The entries and roots that logs of Certificate Transparency test with.
  const entries = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map((hex) =>
    Buffer.from(hex, 'hex'),
  );
  test.each([
    [0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
    [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
    [4, 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
    [5, '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
    [6, '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
    [7, 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
    [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
  ])('of %i entries has the root that is known', (count, root) => {
    expect(treeOfLines(textOf(entries.slice(0, count)))).toEqual({ count, root });
  });

  const someLines = fc.array(
    fc.uint8Array({ max: 254, maxLength: 40 }).map((bytes) => Buffer.from(bytes.map((byte) => (byte === 10 ? 255 : byte)))),
    {
      maxLength: 70,
    },
  );

  test('is that of RFC 9162 whatever the lines are', () => {
    fc.assert(
      fc.property(someLines, (lines) => {
        expect(treeOfLines(textOf(lines)).root).toBe(hashOf(lines).toString('hex'));
      }),
    );
  });

  test('leads from each line to the root', () => {
    fc.assert(
      fc.property(someLines, fc.nat(), (lines, choice) => {
        fc.pre(lines.length > 0);
        const index = choice % lines.length;
        const end = pathOfLine(textOf(lines), index).reduce(
          (digest, { side, digest: hex }) => {
            const beside = Buffer.from(hex, 'hex');
            return side === 'left' ? sha256(nodePrefix, beside, digest) : sha256(nodePrefix, digest, beside);
          },
          sha256(leafPrefix, lines[index] ?? Buffer.alloc(0)),
        );
        expect(end.toString('hex')).toBe(treeOfLines(textOf(lines)).root);
      }),
    );
  });

  test('is another one when the last line has no end, and when a line is empty', () => {
    const roots = ['a\nb\n', 'a\nb', 'a\n\nb\n', 'ab\n', 'b\na\n'].map((text) => treeOfLines(Buffer.from(text)).root);
    expect(new Set(roots).size).toBe(4);
  });
});
