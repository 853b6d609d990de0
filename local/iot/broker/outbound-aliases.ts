/** A topic's alias towards a client. A new one goes out together with its topic. [MQTT-3.3.2-8] */
export interface OutboundAlias {
  readonly alias: number;
  readonly isNew: boolean;
}

/** Gives the first topics that come along an alias each, as many as the client takes. [MQTT-3.1.2-26] */
export class OutboundAliases {
  readonly #maximum: number;
  readonly #byTopic = new Map<string, number>();

  constructor(maximum: number) {
    this.#maximum = maximum;
  }

  of(topic: string): OutboundAlias | undefined {
    const alias = this.#byTopic.get(topic);
    if (alias !== undefined) return { alias, isNew: false };
    return this.#byTopic.size < this.#maximum ? { alias: this.#byTopic.size + 1, isNew: true } : undefined;
  }

  /** The topic went out with its new alias. */
  learn(topic: string): void {
    this.#byTopic.set(topic, this.#byTopic.size + 1);
  }
}
