import { openStackUpkeepPorts } from '../../aws/open/stack-upkeep-ports.ts';
import { createHandler } from '../custom-resource/create-handler.ts';
import { parseEnvironment } from './environment.ts';
import { fulfilWith } from './fulfil.ts';

const { PREFIX: prefix, TABLE_NAME: tableName } = parseEnvironment(process.env);

export const handler = createHandler(fulfilWith(openStackUpkeepPorts(prefix, tableName)));
