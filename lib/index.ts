/** The public entry: what a user writes a description with. It loads no backend. */

export type { Reference } from './core/described';
export { DescriptionError, type Place, type Problem, UsageError } from './core/problem';
export { CloudSite, type CloudSiteOptions } from './estate/cloud-site';
export { Estate, type EstateProps } from './estate/estate';
export { planDescription } from './estate/load/resolve';
export { OnPremSite, type OnPremSiteOptions } from './estate/on-prem-site';
export type { CloudSitePlan, EstatePlan, OnPremSitePlan, SitePlan } from './estate/plan-schema';
export type { CloudPlatformFlowProps, CloudSiteProps, OnPremHardwareProps, OnPremSiteProps, PlatformFlowProps } from './estate/props';
export type { EstateDescription } from './estate/spec';
export type { HaproxyProps, ProfileProps } from './tls/props';
export type { Endpoint } from './zones/endpoint';
export { External, type ExternalOptions } from './zones/external';
export { Link, type LinkOptions } from './zones/link';
export type {
  BackendProps,
  EndpointProps,
  ExternalProps,
  FlowProps,
  LatencyBudgetProps,
  LinkProps,
  PerExternalAddressProps,
  ZoneAtSiteProps,
  ZoneProps,
} from './zones/props';
export { type FlowOptions, Zone, type ZoneOptions } from './zones/zone';
