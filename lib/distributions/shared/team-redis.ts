import type { Construct } from 'constructs';
import { Redis } from '../../data-stores/redis';
import type { DistributionInput } from '../contract';
import { teamBrokers } from './teams';

/** The brokers that are made for teams. */
export function addTeamRedis(scope: Construct, input: DistributionInput): void {
  for (const { broker, ofTeam } of teamBrokers(input)) {
    if (broker.server) new Redis(scope, broker.server.component, ofTeam, broker.server);
  }
}
