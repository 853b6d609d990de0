import type { Fulfil } from '../custom-resource/create-handler.ts';
import { type RoomMaker, makeRoom } from './make-room.ts';

/** What is done for `Custom::MusterVersionRoom`. It is nothing at AWS IoT: its name never changes. */
export const fulfilWith =
  (maker: RoomMaker): Fulfil =>
  async (request) => {
    await makeRoom(maker, request);
    return { physicalId: request.PhysicalResourceId ?? 'room for versions' };
  };
