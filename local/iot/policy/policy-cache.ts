import type { Clock } from '../../clock.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import type { IotDirectory, ThingView } from '../directory.ts';
import type { PolicyBehaviour } from './iot-grammar.ts';
import { parseIotPolicy } from './parse-iot-policy.ts';

interface Entry {
  readonly documents: readonly PolicyDocument[];
  readonly expiresAt: number;
}

interface PolicyCacheOptions {
  readonly lifetimeMs: number;
  /** Default: the table of assumptions as it stands. */
  readonly behaviour: PolicyBehaviour | undefined;
}

// More distinct texts than any test account has; the oldest is forgotten first.
const maxParsedTexts = 1000;

/** Effective policies per principal and thing, as stale as AWS IoT serves them. */
export class PolicyCache {
  readonly #clock: Clock;
  readonly #directory: Pick<IotDirectory, 'policyDocuments'>;
  readonly #lifetimeMs: number;
  readonly #behaviour: PolicyBehaviour | undefined;
  readonly #entries = new Map<string, Entry>();
  readonly #parsed = new Map<string, PolicyDocument>();

  constructor(clock: Clock, directory: Pick<IotDirectory, 'policyDocuments'>, { lifetimeMs, behaviour }: PolicyCacheOptions) {
    this.#clock = clock;
    this.#directory = directory;
    this.#lifetimeMs = lifetimeMs;
    this.#behaviour = behaviour;
  }

  /** @throws AwsError `MalformedPolicyException` when a stored document is unreadable; nothing is cached then. */
  documentsOf(certificateId: string, thing: ThingView | undefined): readonly PolicyDocument[] {
    const key = `${certificateId} ${thing?.thingName ?? ''}`;
    const known = this.#entries.get(key);
    if (known !== undefined && known.expiresAt > this.#clock.now()) return known.documents;
    this.#dropExpired();
    const documents = this.#directory.policyDocuments(certificateId, thing).map((text) => this.#parse(text));
    this.#entries.set(key, { documents, expiresAt: this.#clock.now() + this.#lifetimeMs });
    return documents;
  }

  /** Entries lie in the order of their expiry, because all live equally long. */
  #dropExpired(): void {
    for (const [key, { expiresAt }] of this.#entries) {
      if (expiresAt > this.#clock.now()) return;
      this.#entries.delete(key);
    }
  }

  #parse(text: string): PolicyDocument {
    const known = this.#parsed.get(text);
    if (known !== undefined) return known;
    const document = parseIotPolicy(text, this.#behaviour);
    const oldest = this.#parsed.size < maxParsedTexts ? undefined : this.#parsed.keys().next().value;
    if (oldest !== undefined) this.#parsed.delete(oldest);
    this.#parsed.set(text, document);
    return document;
  }
}
