import { dirname, join } from 'node:path';
import { replaceFile, replaceLink } from '../store/durable-file.ts';
import { stateFiles } from '../store/file-key-store.ts';
import type { FileSystem } from '../store/file-system.ts';
import { openPrivateDirectory, readPrivateFile } from '../store/private-file.ts';
import type { Place } from './rotation-record.ts';

/** What other programs follow; one rename of it exchanges key and certificate at once. */
const LINK = 'credential';
const folderOf = (place: Place): string => `${LINK}-${place}`;
const otherThan = (place: Place): Place => (place === 'a' ? 'b' : 'a');

type File = 'key' | 'certificate';
const files: readonly File[] = ['key', 'certificate'];

/** A private key and its certificate, as far as they are there. */
export type StoredPair = Readonly<Record<File, string | undefined>>;

/**
 * Two places for a key and its certificate. The names under which other programs know the pair lead through one symbolic link to the
 * place in use: they find the old pair or the new one, whenever the power is cut.
 */
export class CredentialPlaces {
  readonly #directory: string;
  readonly #fileSystem: FileSystem;

  constructor(directory: string, fileSystem: FileSystem) {
    this.#directory = directory;
    this.#fileSystem = fileSystem;
  }

  /** The place in use; `undefined` while the pair lies where it was put first. */
  async inUse(): Promise<Place | undefined> {
    const target = await this.#fileSystem.readLink(this.#path(LINK));
    return (['a', 'b'] as const).find((place) => folderOf(place) === target);
  }

  async read(place: Place): Promise<StoredPair> {
    const [key, certificate] = await Promise.all(files.map((file) => readPrivateFile(this.#fileSystem, this.#at(place, file))));
    return { key, certificate };
  }

  async writeKey(place: Place, privateKeyPem: string): Promise<void> {
    await this.#open(place);
    await replaceFile(this.#fileSystem, this.#at(place, 'key'), privateKeyPem);
  }

  async writeCertificate(place: Place, certificatePem: string): Promise<void> {
    await replaceFile(this.#fileSystem, this.#at(place, 'certificate'), certificatePem);
  }

  /** Puts the pair in use behind the link, beside the place that is to be the next. What other programs find stays the same all along. */
  async arrange(next: Place): Promise<void> {
    const home = (await this.inUse()) ?? otherThan(next);
    const plain = await this.#plainFiles();
    if (plain.length > 0) await this.#open(home);
    for (const file of plain) await this.#moveIn(home, file);
    if ((await this.inUse()) === undefined) await replaceLink(this.#fileSystem, this.#path(LINK), folderOf(home));
    for (const file of plain) await replaceLink(this.#fileSystem, this.#path(stateFiles[file]), join(LINK, stateFiles[file]));
  }

  /** What is in the place is used from now on, and what was used before is deleted. */
  async use(place: Place): Promise<void> {
    if ((await this.inUse()) !== place) await replaceLink(this.#fileSystem, this.#path(LINK), folderOf(place));
    await this.#empty(otherThan(place));
  }

  /** Deletes what is in a place, unless it is in use. */
  async clear(place: Place): Promise<void> {
    if ((await this.inUse()) !== place) await this.#empty(place);
  }

  #path(name: string): string {
    return join(this.#directory, name);
  }

  #at(place: Place, file: File): string {
    return join(this.#path(folderOf(place)), stateFiles[file]);
  }

  // A folder's own name must be on the medium before anything leads to it.
  async #open(place: Place): Promise<void> {
    await openPrivateDirectory(this.#fileSystem, this.#path(folderOf(place)));
    await this.#fileSystem.syncDirectory(this.#directory);
  }

  async #plainFiles(): Promise<readonly File[]> {
    const links = await Promise.all(files.map((file) => this.#fileSystem.readLink(this.#path(stateFiles[file]))));
    return files.filter((_, index) => links[index] === undefined);
  }

  // What other programs find goes before what lay there: it is what the device was repaired with.
  async #moveIn(home: Place, file: File): Promise<void> {
    const text = await readPrivateFile(this.#fileSystem, this.#path(stateFiles[file]));
    if (text !== undefined) await replaceFile(this.#fileSystem, this.#at(home, file), text);
  }

  // The key first: what is left behind by a power cut is then worth nothing.
  async #empty(place: Place): Promise<void> {
    const found = await this.read(place);
    for (const file of files) if (found[file] !== undefined) await this.#fileSystem.remove(this.#at(place, file));
    if (files.some((file) => found[file] !== undefined)) await this.#fileSystem.syncDirectory(dirname(this.#at(place, 'key')));
  }
}
