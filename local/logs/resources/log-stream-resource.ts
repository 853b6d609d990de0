import * as z from 'zod';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { ResourceProvider } from '../../cloudformation/resource-provider.ts';

const type = 'AWS::Logs::LogStream';

const schema = z.strictObject({ LogGroupName: stringProperty, LogStreamName: stringProperty.optional() });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-logstream.html */
export const logStreamResource = (call: CallOperation): ResourceProvider => ({
  type,
  createOnly: ['LogGroupName', 'LogStreamName'],
  create: async (properties, context) => {
    const { LogGroupName, LogStreamName = context.generateName(512) } = parseProperties(type, schema, properties);
    await call('CreateLogStream', { logGroupName: LogGroupName, logStreamName: LogStreamName });
    return { physicalId: LogStreamName, attributes: {} };
  },
  update: (state) => Promise.resolve(state),
  delete: async (state, properties) => {
    const { LogGroupName } = parseProperties(type, schema, properties);
    const deletion = call('DeleteLogStream', { logGroupName: LogGroupName, logStreamName: state.physicalId });
    await tolerating(['ResourceNotFoundException'], deletion);
  },
});
