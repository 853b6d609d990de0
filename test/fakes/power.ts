import type { MqttConnector } from '../../device/mqtt/mqtt-session.ts';

/** The end of power: whatever was running is gone, and nothing that it would have done next happens. */
export class PowerCut extends Error {
  override readonly name = 'PowerCut';
}

/** Counts the moments at which power could fail, and lets it fail at one of them. */
export class Power {
  #moments = 0;
  readonly #cutAt: number;

  /** `cutAt` counts from 1; a device with `Infinity` never loses power. */
  constructor(cutAt = Infinity) {
    this.#cutAt = cutAt;
  }

  get moments(): number {
    return this.#moments;
  }

  get isCut(): boolean {
    return this.#moments >= this.#cutAt;
  }

  /** Does it, with one moment before and one after. */
  async step<Value>(act: () => Promise<Value>): Promise<Value> {
    this.#pass();
    const value = await act();
    this.#pass();
    return value;
  }

  #pass(): void {
    if (!this.isCut) this.#moments += 1;
    if (this.isCut) throw new PowerCut('The power went out.');
  }
}

/** The same connector, whose calls and whose sessions' calls can be cut off before and after they have had their effect. */
export const poweredConnector = (power: Power, connector: MqttConnector): MqttConnector => ({
  connect: async (request) => {
    const session = await power.step(() => connector.connect(request));
    return {
      lost: session.lost,
      onMessage: (listener) => {
        session.onMessage(listener);
      },
      subscribe: (filters) => power.step(() => session.subscribe(filters)),
      publish: (topic, payload) => power.step(() => session.publish(topic, payload)),
      close: () => power.step(() => session.close()),
    };
  },
});

/** The same object, each of whose asynchronous methods can be cut off before and after it has had its effect. */
export const powered = <Target extends object>(power: Power, target: Target): Target =>
  new Proxy(target, {
    get: (object, name, receiver): unknown => {
      const member: unknown = Reflect.get(object, name, receiver);
      if (typeof member !== 'function') return member;
      return (...parameters: readonly unknown[]): unknown => {
        const call = (): unknown => Reflect.apply(member, object, parameters);
        return member.constructor.name === 'AsyncFunction' ? power.step(() => Promise.resolve(call())) : call();
      };
    },
  });
