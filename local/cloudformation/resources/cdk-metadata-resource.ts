import type { ResourceProvider } from '../resource-provider.ts';
import { synchronousProvider } from '../synchronous-provider.ts';

/** `AWS::CDK::Metadata`: holds nothing, as on AWS. */
export const cdkMetadataResource: ResourceProvider = synchronousProvider({
  type: 'AWS::CDK::Metadata',
  createOnly: [],
  create: (_properties, context) => ({ physicalId: context.generateName(128), attributes: {} }),
  update: (state) => state,
  delete: () => undefined,
});
