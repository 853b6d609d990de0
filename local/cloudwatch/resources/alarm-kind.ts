import type { CallOperation } from '../../cloudformation/call-operation.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';

/** What alarms of a kind are made by. */
interface AlarmKind {
  readonly type: string;
  /** Parsed by the schema of the kind. */
  readonly parse: (properties: Properties) => {
    readonly AlarmName?: string | undefined;
    readonly Tags: readonly { readonly Key: string }[];
  };
  /** Makes it, or writes over it; answers its ARN. */
  readonly put: (name: string, properties: Properties) => Promise<string>;
}

/** What CloudFormation does with an alarm, of whatever kind. */
export const alarmKind = (
  call: CallOperation,
  { type, parse, put }: AlarmKind,
): Pick<ResourceProvider, 'type' | 'createOnly' | 'create' | 'update'> => ({
  type,
  createOnly: ['AlarmName'],
  create: async (properties, context) => {
    const name = parse(properties).AlarmName ?? context.generateName(255);
    return { physicalId: name, attributes: { Arn: await put(name, properties) } };
  },
  update: async (state, { from, to }) => {
    const ResourceARN = await put(state.physicalId, to);
    await call('UntagResource', { ResourceARN, TagKeys: parse(from).Tags.map(({ Key }) => Key) });
    await call('TagResource', { ResourceARN, Tags: parse(to).Tags });
    return state;
  },
});
