import { AwsError } from '../../../local/aws-error.ts';
import type { Properties, ResourceProvider, ResourceState } from '../../../local/cloudformation/resource-provider.ts';
import { synchronousProvider } from '../../../local/cloudformation/synchronous-provider.ts';

/** Deploys `Test::Thing` and writes down what it was asked to do, e.g. `create A {"Size":1}`. */
export class ThingFactory {
  readonly log: string[] = [];
  readonly existing = new Map<string, Properties>();
  /** Called before each act; throws to make it fail. */
  sabotage: (act: string) => void = () => undefined;
  #made = 0;

  /** Properties: `Name` (create-only), anything else. Attributes: `Arn` and `Echo`, which is the property `Value`. */
  readonly provider: ResourceProvider = synchronousProvider({
    type: 'Test::Thing',
    createOnly: ['Name'],
    create: (properties, context) => {
      this.#act(`create ${context.logicalId} ${JSON.stringify(properties)}`);
      this.#made += 1;
      return this.#store(`${context.logicalId.toLowerCase()}-${this.#made}`, properties);
    },
    update: (state, { to }, context) => {
      this.#act(`update ${context.logicalId} ${JSON.stringify(to)}`);
      return this.#store(state.physicalId, to);
    },
    delete: (state) => {
      this.#act(`delete ${state.physicalId}`);
      this.existing.delete(state.physicalId);
    },
  });

  /** What was done since the last call. */
  takeLog(): string[] {
    return this.log.splice(0);
  }

  failOn(pattern: RegExp): void {
    this.sabotage = (act) => {
      if (pattern.test(act)) throw new AwsError('InvalidRequest', `sabotaged: ${act}`);
    };
  }

  #act(what: string): void {
    this.log.push(what);
    this.sabotage(what);
  }

  #store(physicalId: string, properties: Properties): ResourceState {
    this.existing.set(physicalId, properties);
    return { physicalId, attributes: { Arn: `arn:test:${physicalId}`, Echo: properties['Value'] } };
  }
}
