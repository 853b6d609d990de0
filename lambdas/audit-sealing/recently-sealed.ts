import { gunzipSync } from 'node:zlib';
import type { ArchiveKeeper } from '../../domain/audit/archive-keeper.ts';
import { sealKeyOf } from '../../domain/audit/archive-layout.ts';
import { readSeal, type Seal } from '../../domain/audit/seal.ts';
import { readStagedLine } from '../../domain/audit/staged-line.ts';
import { HOUR_MS } from '../../domain/duration.ts';

/** Lambda brings a batch again for six hours at the most, and tries thrice; what comes later is told apart by its id by whoever reads. */
const WINDOW_MS = 8 * HOUR_MS;

const idsIn = (packed: Uint8Array): readonly string[] =>
  gunzipSync(packed)
    .toString('utf8')
    .split('\n')
    .flatMap((line) => (line === '' ? [] : (readStagedLine(line)?.id ?? [])));

/** Knows the ids of the events in the periods of the last hours; of each period it asks once. */
export class RecentlySealed {
  readonly #archive: Pick<ArchiveKeeper, 'read'>;
  readonly #idsBySequence = new Map<number, { readonly seal: Seal; readonly ids: ReadonlySet<string> }>();

  constructor(archive: Pick<ArchiveKeeper, 'read'>) {
    this.#archive = archive;
  }

  /** What tells, of an id, whether it is in one of the periods up to `last` that ended within the window. */
  async upTo(last: Seal | undefined): Promise<(id: string) => boolean> {
    const since = (last?.until ?? 0) - WINDOW_MS;
    const periods: ReadonlySet<string>[] = [];
    for (let seal = last; seal !== undefined && seal.until > since; seal = await this.#sealBefore(seal))
      periods.push(await this.#idsOf(seal));
    for (const [sequence, { seal }] of this.#idsBySequence) if (seal.until <= since) this.#idsBySequence.delete(sequence);
    return (id) => periods.some((ids) => ids.has(id));
  }

  async #idsOf(seal: Seal): Promise<ReadonlySet<string>> {
    const known = this.#idsBySequence.get(seal.sequence);
    if (known !== undefined) return known.ids;
    const packed = seal.count === 0 ? undefined : await this.#archive.read(seal.object.key, seal.object.versionId);
    const ids = new Set(packed === undefined ? [] : idsIn(packed));
    this.#idsBySequence.set(seal.sequence, { seal, ids });
    return ids;
  }

  async #sealBefore({ sequence }: Seal): Promise<Seal | undefined> {
    if (sequence === 1) return undefined;
    const known = this.#idsBySequence.get(sequence - 1);
    if (known !== undefined) return known.seal;
    const bytes = await this.#archive.read(sealKeyOf(sequence - 1));
    return bytes === undefined ? undefined : readSeal(Buffer.from(bytes).toString('utf8'))?.seal;
  }
}
