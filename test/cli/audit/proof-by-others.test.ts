import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acceptEvent } from '../../../domain/audit/accepted-event.ts';
import { proveEvent } from '../../../domain/audit/verification/prove-event.ts';
import { aSealedArchive } from '../../builders/sealed-archive.ts';
import { inMemoryArchive, unpack } from '../../fakes/in-memory-archive.ts';
import { runMuster } from '../../fakes/muster-command.ts';

const document = readFileSync(join(import.meta.dirname, '../../../docs/audit-proof.md'), 'utf8');
/** The program that the document shows, as it stands there. */
const [, program = ''] = /^```python\n(.*?)^```/ms.exec(document) ?? [];

const sealed = await aSealedArchive([1, 5, 0, 7, 2]);
const pem = sealed.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const archive = inMemoryArchive(sealed.versions);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-proof-'));
  writeFileSync(join(folder, 'key.pem'), pem);
  writeFileSync(join(folder, 'check.py'), program);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What the program of the document says of a proof. */
const check = (proof: string): string => {
  writeFileSync(join(folder, 'proof.json'), proof);
  try {
    return execFileSync('python3', ['check.py', 'proof.json', 'key.pem'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch {
    return 'refused';
  }
};

const proofOf = async (id: string): Promise<string> => {
  const { output } = await runMuster({ history: { archive, begunAt: 0, publicKey: () => Promise.resolve(pem) } }, 'audit', 'prove', id);
  return output.join('');
};

describe('A proof that an event is in sealed history', () => {
  test.each(['event-0-0', 'event-1-0', 'event-1-4', 'event-3-0', 'event-3-3', 'event-3-6', 'event-4-1'])(
    'is checked by the program in the document, which is none of ours: %s',
    async (id) => {
      expect(check(await proofOf(id))).toMatch(
        new RegExp(`"id":"${id}".*\\nis in the history that was sealed by 2026-11-20T1\\d:\\d\\d:00`, 's'),
      );
    },
  );

  test('is refused by it when anything of it is another', async () => {
    const proof = await proofOf('event-3-3');
    const other = await proofOf('event-3-4');
    const changes = [
      proof.replace('user/ann', 'user/bob'),
      proof.replace(/"index":\d+/, '"index":2'),
      proof.replace('"side":"left"', '"side":"right"'),
      proof.replace(/("digest":")./, '$1z'),
      proof.replace(/"until":\d+/, '"until":1900000000000'),
      proof.replace(/"signature":"[^"]*"/, /"signature":"[^"]*"/.exec(await proofOf('event-1-0'))?.[0] ?? ''),
      proof.replace(/"path":\[.*?\]/, /"path":\[.*?\]/.exec(other)?.[0] ?? ''),
    ];
    // The index is for people: the path says on which side each digest stands.
    expect(changes.map(check).map((said) => said === 'refused')).toEqual([true, false, true, true, true, true, true]);
  });

  test('can be made of what somebody has of an event elsewhere: its canonical form is in the proof', async () => {
    const { proof } = await proveEvent({ archive, keys: [sealed.publicKey], unpack }, 'event-3-3', () => undefined);
    expect(acceptEvent(JSON.parse(proof?.event ?? ''))?.line).toBe(proof?.event);
  });
});
