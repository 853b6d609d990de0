import { type Campaign, lacking, underWay } from '../../domain/rotation/campaign.ts';
import { begin, rested, withAsked, withWaves } from '../../domain/rotation/campaign-changes.ts';
import { isOpenAt } from '../../domain/rotation/maintenance-window.ts';
import { nextWaves } from '../../domain/rotation/next-waves.ts';
import type { LineRotations } from '../../domain/rotation/rotation-settings.ts';
import type { RotationId } from '../../domain/rotation/rotation.ts';
import { askDevices } from './ask-devices.ts';
import { followWaves } from './follow-waves.ts';
import type { Planner } from './planner.ts';
import { type DueTaker, openDue } from './take-due.ts';

type LineRotation = LineRotations[number];

const MAX_ATTEMPTS = 4;

/** One look at a line: at what is under way, and then at what may be asked now. Where somebody else plans it at this moment, nothing. */
export const planLine = async (planner: Planner, rotation: LineRotation): Promise<void> => {
  const followed = await followWaves(planner, rotation);
  if (followed === undefined) return;
  const campaign = await begun(planner, rotation, followed);
  const at = planner.clock.now();
  const { orders, askAgainAt } = nextWaves(campaign, rotation.settings, at);
  const [first] = orders;
  if (first === undefined) return;
  const taker = openDue(planner, rotation, { at, demand: campaign.demand });
  const things = await taker.take(first.size);
  if (things.length === 0) return rest(planner, campaign, taker);
  const named = orders.map((order) => ({ ...order, id: planner.newId() }));
  const reserved = withWaves(campaign, named, { askAgainAt, at, settings: rotation.settings });
  if ((await planner.campaigns.write(reserved)) === 'conflict') return;
  const until = reserved.waves.at(-1)?.until ?? at;
  const sizes = new Map<RotationId, number>();
  for (const [index, { id, size, perMinute }] of named.entries()) {
    const wave = index === 0 ? things : await taker.take(size);
    sizes.set(id, wave.length === 0 ? 0 : await askDevices(planner, { id, things: wave, perMinute, until }));
  }
  await settle(planner, reserved, { sizes, taker });
};

const begun = async ({ due, clock }: Planner, { line, settings }: LineRotation, campaign: Campaign): Promise<Campaign> => {
  // Counting costs, and nobody may be asked anyway.
  if (campaign.phase !== 'idle' || !isOpenAt(settings.windows, clock.now())) return campaign;
  const isDemanded = campaign.demand !== undefined;
  const count = await due.count(isDemanded ? { line } : { line, until: clock.now() });
  return count === 0 && !isDemanded ? campaign : begin(campaign, settings, count);
};

const rest = async ({ campaigns }: Planner, campaign: Campaign, { demand }: DueTaker): Promise<void> => {
  const left = { ...lacking(campaign, 'demand'), ...(demand === undefined ? {} : { demand }) };
  const isResting = underWay(campaign) === 0 && demand === undefined && campaign.waves.length === 0;
  const isChanged = isResting ? campaign.phase !== 'idle' && campaign.version > 0 : campaign.demand !== demand;
  if (!isChanged) return;
  await campaigns.write(isResting ? rested(left) : { ...left, version: campaign.version + 1 });
};

// Whoever halts it meanwhile has written first: what was asked belongs to what they left.
const settle = async (
  { campaigns }: Planner,
  reserved: Campaign,
  { sizes, taker }: { readonly sizes: ReadonlyMap<RotationId, number>; readonly taker: DueTaker },
): Promise<void> => {
  let campaign: Campaign | undefined = reserved;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS && campaign !== undefined; attempt += 1) {
    const isStillWanted = campaign.demand?.before === reserved.demand?.before;
    if ((await campaigns.write(withAsked(campaign, sizes, isStillWanted ? taker.demand : campaign.demand))) === 'written') return;
    campaign = await campaigns.read(reserved.line);
  }
};
