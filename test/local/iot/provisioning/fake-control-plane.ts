import { AwsError } from '../../../../local/aws-error.ts';
import type { ControlPlaneClient } from '../../../../local/iot/control-plane-client.ts';
import { alreadyExists, notFound } from '../../../../local/iot/refusals.ts';

type Input = Readonly<Record<string, unknown>>;

interface Thing {
  readonly thingTypeName: unknown;
  readonly attributes: Input;
  readonly groups: readonly string[];
}

/** Records every changing call; knows things so that a second provisioning meets the first one's. */
export class FakeControlPlane implements ControlPlaneClient {
  readonly calls: (readonly [operation: string, input: Input])[] = [];
  readonly things = new Map<unknown, Thing>();
  readonly policies = new Set<unknown>();
  /** Told of every status that a certificate is given. */
  onStatus: (certificateId: string, status: string) => void = () => undefined;
  /** The operation that is refused. */
  failing: string | undefined;

  call(operation: string, input: Input): Promise<Input> {
    return new Promise((resolve) => {
      if (operation === this.failing) throw new AwsError('LimitExceededException', 'one too many', { status: 410 });
      if (!/^(Describe|List)/.test(operation)) this.calls.push([operation, input]);
      resolve(this.#answer(operation, input));
    });
  }

  get operations(): readonly string[] {
    return this.calls.map(([operation]) => operation);
  }

  #answer(operation: string, input: Input): Input {
    const thing = this.things.get(input['thingName']);
    switch (operation) {
      case 'DescribeThing':
        if (thing === undefined) throw notFound('There is no such thing.');
        return { thingTypeName: thing.thingTypeName, attributes: thing.attributes };
      case 'ListThingGroupsForThing':
        return { thingGroups: thing?.groups.map((groupName) => ({ groupName, groupArn: `arn:${groupName}` })) };
      case 'CreatePolicy':
        if (this.policies.has(input['policyName'])) throw alreadyExists('It exists.', { arn: 'arn' });
        this.policies.add(input['policyName']);
        return {};
      case 'UpdateCertificate':
        this.onStatus(String(input['certificateId']), String(input['newStatus']));
        return {};
      default:
        return {};
    }
  }
}
