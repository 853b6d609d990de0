import { createCloudTrailAccountTrails } from '../../aws/cloudtrail/account-trails.ts';
import { createIotLoggingOptions } from '../../aws/iot/logging-options.ts';
import { ACCOUNT_TRAIL_TYPE } from '../../domain/audit/sources/account-settings.ts';
import { type Fulfil, createHandler } from '../custom-resource/create-handler.ts';
import { keepLoggingWith } from './keep-logging.ts';
import { keepTrailWith } from './keep-trail.ts';

const [keepLogging, keepTrail] = [keepLoggingWith(createIotLoggingOptions()), keepTrailWith(createCloudTrailAccountTrails())];

const fulfil: Fulfil = (request) => (request.ResourceType === ACCOUNT_TRAIL_TYPE ? keepTrail(request) : keepLogging(request));

export const handler = createHandler(fulfil);
