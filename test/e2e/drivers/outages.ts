import type { LocalAws } from '../../../local/main.ts';
import type { AlarmStates } from './alarm-states.ts';
import type { OwnFleet } from './own-fleet.ts';
import type { Troubles } from './troubles.ts';

interface OutagesProps {
  readonly fleet: OwnFleet;
  readonly states: AlarmStates;
  readonly troubles: Troubles;
}

/** What can fail of AWS, while devices come. */
export class Outages {
  readonly #fleet: OwnFleet;
  readonly #states: AlarmStates;
  readonly #troubles: Troubles;

  constructor({ fleet, states, troubles }: OutagesProps) {
    this.#fleet = fleet;
    this.#states = states;
    this.#troubles = troubles;
  }

  /** The function that opens this door fails at each call. */
  async crash(door: string): Promise<void> {
    const functionName = await this.#states.watchedBy(`${door}-errors`, 'FunctionName');
    const knock = await this.#troubles.knocker(door);
    await this.#during({ at: 'function', functionName, effect: { kind: 'error', errorType: 'Runtime.ExitError' } }, () => knock(3));
  }

  async throttle(door: string): Promise<void> {
    const functionName = await this.#states.watchedBy(`${door}-errors`, 'FunctionName');
    const knock = await this.#troubles.knocker(door);
    await this.#during({ at: 'function', functionName, effect: { kind: 'throttle' } }, () => knock(10));
  }

  async breakTable(): Promise<void> {
    const effect = { kind: 'error', code: 'InternalServerError' } as const;
    const knock = await this.#troubles.knocker('pre-provisioning-hook');
    await this.#during({ at: 'operation', service: 'dynamodb', operation: 'BatchGetItem', effect }, () => knock(5));
  }

  async #during(fault: Parameters<LocalAws['faults']['add']>[0], act: () => Promise<void>): Promise<void> {
    const { id } = this.#fleet.aws.faults.add(fault);
    try {
      await act();
    } finally {
      this.#fleet.aws.faults.remove(id);
    }
  }
}
