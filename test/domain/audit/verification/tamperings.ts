import { hash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { treeOfLines } from '../../../../domain/audit/merkle-tree.ts';
import { type SignedSeal, readSeal, sealText, signedBytes } from '../../../../domain/audit/seal.ts';
import { aSealKey, type SealedArchive, type StoredVersion } from '../../../builders/sealed-archive.ts';

/** A number below another, by chance. */
export type Pick = (below: number) => number;

/** What somebody did to an archive, and the first period that it shows in. */
export interface Tampered {
  readonly versions: readonly StoredVersion[];
  readonly sequence: number;
}

type Tampering = (archive: SealedArchive, pick: Pick) => Promise<Tampered> | Tampered;

interface Place {
  readonly sequence: number;
  readonly events: StoredVersion;
  readonly seal: StoredVersion;
  readonly lines: readonly string[];
}

const bytesOf = ({ bytes }: StoredVersion): Buffer => bytes ?? Buffer.alloc(0);

const linesOf = (events: StoredVersion): readonly string[] => gunzipSync(bytesOf(events)).toString().split('\n').slice(0, -1);

const placeOf = ({ versions }: SealedArchive, sequence: number): Place => {
  const [events, seal] = [versions[2 * sequence - 2], versions[2 * sequence - 1]];
  if (events === undefined || seal === undefined) throw new Error(`There is no period ${sequence}.`);
  return { sequence, events, seal, lines: linesOf(events) };
};

const somePlace = (archive: SealedArchive, pick: Pick): Place => placeOf(archive, 1 + pick(archive.seals.length));

/** A period with at least so many events. */
const placeWith = (archive: SealedArchive, events: number, pick: Pick): Place => {
  const able = archive.seals.filter(({ seal }) => seal.count >= events);
  return placeOf(archive, able[pick(able.length)]?.seal.sequence ?? 0);
};

const replaced = (archive: SealedArchive, old: StoredVersion, bytes: Buffer): readonly StoredVersion[] =>
  archive.versions.map((version) => (version === old ? { ...old, bytes } : version));

const packed = (lines: readonly string[]): Buffer => gzipSync(lines.map((line) => `${line}\n`).join(''));

const withLines = (archive: SealedArchive, { events, sequence }: Place, lines: readonly string[]): Tampered => ({
  versions: replaced(archive, events, packed(lines)),
  sequence,
});

const flipBit = (archive: SealedArchive, version: StoredVersion, pick: Pick): readonly StoredVersion[] => {
  const bytes = Buffer.from(bytesOf(version));
  const bit = pick(bytes.length * 8);
  bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return replaced(archive, version, bytes);
};

const without = (archive: SealedArchive, ...gone: readonly StoredVersion[]): readonly StoredVersion[] =>
  archive.versions.filter((version) => !gone.includes(version));

const over = (archive: SealedArchive, old: StoredVersion, bytes: Buffer | undefined): readonly StoredVersion[] =>
  archive.versions.flatMap((version) => (version === old ? [{ ...old, versionId: `${old.versionId}-again`, bytes }, old] : [version]));

/** The seal of a period as it would have to be for other events. */
const sealFor = (place: Place, lines: readonly string[]): { readonly events: Buffer; readonly seal: SignedSeal } => {
  const signed = readSeal(bytesOf(place.seal).toString());
  if (signed === undefined) throw new Error('There is no seal.');
  const events = packed(lines);
  const { root, count } = treeOfLines(gunzipSync(events));
  const object = { ...signed.seal.object, sha256: hash('sha256', events) };
  return { events, seal: { ...signed, seal: { ...signed.seal, root, count, object } } };
};

const withBoth = (archive: SealedArchive, place: Place, events: Buffer, seal: SignedSeal): Tampered => {
  const first = { ...archive, versions: replaced(archive, place.events, events) };
  return { versions: replaced(first, place.seal, Buffer.from(sealText(seal))), sequence: place.sequence };
};

/** Everything that somebody could do to what is stored, without the key that signs. */
export const tamperings: Readonly<Record<string, Tampering>> = {
  'one bit of an events object': (archive, pick) => {
    const { events, sequence } = somePlace(archive, pick);
    return { versions: flipBit(archive, events, pick), sequence };
  },
  'one bit of a seal': (archive, pick) => {
    const { seal, sequence } = somePlace(archive, pick);
    return { versions: flipBit(archive, seal, pick), sequence };
  },
  'one event removed': (archive, pick) => {
    const place = placeWith(archive, 1, pick);
    return withLines(archive, place, place.lines.toSpliced(pick(place.lines.length), 1));
  },
  'one event inserted': (archive, pick) => {
    const place = somePlace(archive, pick);
    return withLines(archive, place, place.lines.toSpliced(pick(place.lines.length + 1), 0, '{"at":1,"id":"never"}'));
  },
  'one event changed': (archive, pick) => {
    const place = placeWith(archive, 1, pick);
    const index = pick(place.lines.length);
    return withLines(archive, place, place.lines.with(index, (place.lines[index] ?? '').replace('user/ann', 'user/bob')));
  },
  'two events in another order': (archive, pick) => {
    const place = placeWith(archive, 2, pick);
    const [first = '', second = '', ...rest] = place.lines;
    return withLines(archive, place, [second, first, ...rest]);
  },
  'an event changed, and the seal made to fit': (archive, pick) => {
    const place = placeWith(archive, 1, pick);
    const { events, seal } = sealFor(place, place.lines.slice(1));
    return withBoth(archive, place, events, seal);
  },
  'an event changed, and the seal signed by another key': async (archive, pick) => {
    const place = placeWith(archive, 1, pick);
    const { events, seal } = sealFor(place, place.lines.slice(1));
    const signature = Buffer.from(await aSealKey().signer.sign(signedBytes(seal.seal))).toString('base64');
    return withBoth(archive, place, events, { ...seal, signature });
  },
  'an events object removed': (archive, pick) => {
    const { events, sequence } = somePlace(archive, pick);
    return { versions: without(archive, events), sequence };
  },
  'a seal removed': (archive, pick) => {
    const { seal, sequence } = somePlace(archive, pick);
    return { versions: without(archive, seal), sequence };
  },
  'a period removed': (archive, pick) => {
    const { seal, events, sequence } = somePlace(archive, pick);
    return { versions: without(archive, seal, events), sequence };
  },
  'the whole tail removed': (archive, pick) => {
    const sequence = 1 + pick(archive.seals.length);
    return { versions: archive.versions.slice(0, 2 * sequence - 2), sequence };
  },
  'the beginning removed': (archive, pick) => ({ versions: archive.versions.slice(2 + 2 * pick(archive.seals.length - 1)), sequence: 1 }),
  'two periods in another order': (archive, pick) => {
    const first = 1 + pick(archive.seals.length - 1);
    const [one, other] = [placeOf(archive, first), placeOf(archive, first + 1 + pick(archive.seals.length - first))];
    const swapped = replaced({ ...archive, versions: replaced(archive, one.seal, bytesOf(other.seal)) }, other.seal, bytesOf(one.seal));
    return { versions: swapped, sequence: first };
  },
  'a delete marker over events': (archive, pick) => {
    const { events, sequence } = somePlace(archive, pick);
    return { versions: over(archive, events, undefined), sequence };
  },
  'a delete marker over a seal': (archive, pick) => {
    const { seal, sequence } = somePlace(archive, pick);
    return { versions: over(archive, seal, undefined), sequence };
  },
  'a second version of events': (archive, pick) => {
    const { events, lines, sequence } = somePlace(archive, pick);
    return { versions: over(archive, events, packed(lines.slice(1))), sequence };
  },
  'a second version of a seal': (archive, pick) => {
    const { seal, sequence } = somePlace(archive, pick);
    return { versions: over(archive, seal, bytesOf(somePlace(archive, pick).seal)), sequence };
  },
  'an object inserted beside': (archive, pick) => {
    const { events } = somePlace(archive, pick);
    const key = events.key.replace('.jsonl', '-2.jsonl');
    return { versions: [...archive.versions, { ...events, key }], sequence: 0 };
  },
  'a period inserted at the end': (archive, pick) => {
    const { events, seal } = somePlace(archive, pick);
    const sequence = archive.seals.length + 1;
    const renamed = (key: string): string => key.replace(/\d{12}/, String(sequence).padStart(12, '0'));
    return { versions: [...archive.versions, ...[events, seal].map((version) => ({ ...version, key: renamed(version.key) }))], sequence };
  },
};
