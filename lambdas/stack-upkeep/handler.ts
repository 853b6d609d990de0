import { openVersionedResources } from '../../aws/iot-versions.ts';
import { createHandler } from '../custom-resource/create-handler.ts';
import { fulfilWith } from './fulfil.ts';

export const handler = createHandler(fulfilWith(openVersionedResources()));
