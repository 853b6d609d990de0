import { LINES_TYPE } from '../../domain/stack-upkeep.ts';
import type { Fulfil } from '../custom-resource/create-handler.ts';
import { type LineKeeper, keepLines } from './keep-lines.ts';
import { type RoomMaker, makeRoom } from './make-room.ts';
import { LINES_ID } from './request.ts';

/** What is done for `Custom::MusterVersionRoom` and `Custom::MusterLines`. Neither is anything at AWS IoT: their names never change. */
export const fulfilWith =
  (upkeep: RoomMaker & LineKeeper): Fulfil =>
  async (request) => {
    const isOfLines = request.ResourceType === LINES_TYPE;
    await (isOfLines ? keepLines(upkeep, request) : makeRoom(upkeep, request));
    return { physicalId: request.PhysicalResourceId ?? (isOfLines ? LINES_ID : 'room for versions') };
  };
