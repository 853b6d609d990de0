import { createIotCertificateProviders } from '../../aws/iot/certificate-providers.ts';
import { createHandler } from '../custom-resource/create-handler.ts';
import { fulfilWith } from './fulfil.ts';

export const handler = createHandler(fulfilWith(createIotCertificateProviders()));
