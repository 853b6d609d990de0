import { createIotDomainConfigurations } from '../../aws/iot/domain-configurations.ts';
import { createHandler } from '../custom-resource/create-handler.ts';
import { fulfilWith } from './fulfil.ts';

export const handler = createHandler(fulfilWith(createIotDomainConfigurations()));
