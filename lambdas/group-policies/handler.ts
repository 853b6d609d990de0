import { createThingGroupPolicies } from '../../aws/thing-group-policies.ts';
import { createHandler } from './create-handler.ts';

export const handler = createHandler(createThingGroupPolicies());
