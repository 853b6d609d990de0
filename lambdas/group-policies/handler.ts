import { createThingGroupPolicies } from '../../aws/iot/thing-group-policies.ts';
import { createHandler } from '../custom-resource/create-handler.ts';
import { fulfilWith } from './fulfil.ts';

export const handler = createHandler(fulfilWith(createThingGroupPolicies()));
