import { running } from './shared-environment.ts';

export default async function stop(): Promise<void> {
  await running()?.stop();
}
