import { healthPort } from '../../core/ports';
import {
  capacityFile,
  capacityFiles,
  capacityFolder,
  configurationFile,
  configurationFolder,
  containerUser,
  endpointFolder,
  healthPath,
  tlsFolder,
} from '../haproxy/container';
import { tierEndpoints } from '../tier-site';
import { kernelArguments, reportTimer } from './accelerator';
import { unitName } from './container';
import { boundUnit } from './event-store';
import { installSection } from './files';
import type { BootInput, ContentNamedFile } from './input';
import { shellWord } from './shell-word';

/** Renders the section that reads the instance id and defines how to signal CloudFormation. */
function signalSection({ signal, region }: BootInput): string {
  return `export AWS_DEFAULT_REGION=${shellWord(region)} AWS_RETRY_MODE=standard AWS_MAX_ATTEMPTS=5

token="$(curl --fail --silent --show-error --max-time 5 --retry 5 --request PUT \\
  --header 'X-aws-ec2-metadata-token-ttl-seconds: 300' http://169.254.169.254/latest/api/token)"
metadata() {
  curl --fail --silent --show-error --max-time 5 --retry 5 \\
    --header "X-aws-ec2-metadata-token: \${token}" "http://169.254.169.254/latest/$1"
}
instance="$(metadata meta-data/instance-id)"
address="$(metadata meta-data/local-ipv4)"

signal() {
  aws cloudformation signal-resource --stack-name ${shellWord(signal.stack)} \\
    --logical-resource-id ${shellWord(signal.resource)} --unique-id "\${instance}" --status "$1" ||
    echo 'no deployment waits for this instance' >&2
}
report_failure() {
  local status=$?
  if [ "\${status}" -ne 0 ]; then
    echo "boot failed with status \${status}" >&2
    signal FAILURE
  fi
}
trap report_failure EXIT

# Bare metal has been starting for minutes before its system has: what waits has waited since the launch.
launched="$(metadata dynamic/instance-identity/document |
  sed --quiet 's/.*"pendingTime" *: *"\\([^"]*\\)".*/\\1/p')"
deadline=$(($(date --date="\${launched}" +%s) + ${shellWord(signal.deadlineSeconds)}))`;
}

/** Renders the section that downloads the configuration and verifies its digests. */
function fetchSection({ configuration, capacity, acceleration, zone }: BootInput): string {
  const folders = tierEndpoints(zone).map(({ id }) => endpointFolder(shellWord(id)));
  const fetch = (file: ContentNamedFile, path: string): string =>
    `fetch s3://${shellWord(file.bucket)}/${shellWord(file.key)} ${path} ${shellWord(file.digest)}`;
  const fetchCandidate = (file: ContentNamedFile, name: keyof typeof capacityFiles) =>
    fetch(file, `${capacityFolder}/${capacityFiles[name]}`);
  const capacities = acceleration
    ? [
        fetchCandidate(capacity, 'hardware'),
        fetchCandidate(acceleration.softwareCapacity, 'software'),
        fetchCandidate(acceleration.selfTest, 'selfTest'),
        fetchCandidate(acceleration.selfTestScript, 'selfTestScript'),
      ]
    : [fetch(capacity, `${configurationFolder}/${capacityFile}`)];
  return `install -d -m 0755 ${configurationFolder} ${capacityFolder} /usr/local/lib/diptych
install -d -m 0750 /var/log/diptych
install -d -m 0750 -o ${containerUser.uid} -g ${containerUser.gid} ${[tlsFolder, ...folders].join(' ')}

fetch() {
  aws s3 cp --only-show-errors "$1" "$2"
  echo "$3  $2" | sha256sum --check --quiet
  chmod 0644 "$2"
}
${[fetch(configuration, `${configurationFolder}/${configurationFile}`), ...capacities].join('\n')}`;
}

/** Renders the section that pulls the image, starts the tier and waits for its first health check. */
function startSection({ image, region, acceleration }: BootInput): string {
  const registry = shellWord(image.slice(0, image.indexOf('/')));
  const report = acceleration ? `systemctl enable --now ${reportTimer}.timer\n` : '';
  return `aws ecr get-login-password --region ${shellWord(region)} | podman login --username AWS --password-stdin ${registry}
podman pull ${shellWord(image)}
podman logout ${registry}

systemctl daemon-reload
systemctl enable ${unitName}.service
systemctl enable --now ${boundUnit}.timer
systemctl start --no-block ${unitName}.service
${report}
until curl --fail --silent --output /dev/null --max-time 2 "http://\${address}:${healthPort}${healthPath}"; do
  if [ "$(date +%s)" -ge "\${deadline}" ]; then
    echo 'the tier does not answer health checks' >&2
    systemctl status --no-pager ${unitName}.service >&2 || true
    exit 1
  fi
  echo 'the tier does not answer health checks yet' >&2
  sleep 10
done
signal SUCCESS`;
}

/**
 * Renders the Bash script that cloud-init runs at the first boot of an instance: it installs the tier and signals CloudFormation.
 *
 * The script contains `logGroupPlaceholder` once, which the launch template replaces with the name of the log group.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
 * @throws {RangeError} for a value that is not a single shell word
 */
export function userData(request: BootInput): string {
  const { zone, site } = request;
  return [
    '#!/bin/bash',
    `# Makes this instance one of the termination tier of zone ${shellWord(zone.id)} at site ${shellWord(site)}.`,
    'set -euo pipefail',
    '',
    signalSection(request),
    ...(request.acceleration ? ['', kernelArguments] : []),
    '',
    fetchSection(request),
    '',
    installSection(request),
    '',
    startSection(request),
    '',
  ].join('\n');
}
