import { metricNamespace } from '../../core/labels';
import { metricsPort } from '../../core/ports';
import { capacityFile, capacityFiles, capacityFolder, configurationFolder, containerUser, environment } from '../haproxy/container';
import type { TierPlan } from '../plan-schema';
import { environmentFile, selfTestArguments } from './container';
import { shellWord } from './shell-word';

/** CloudWatch metric of a hardware tier's instances: 1 while an instance runs in software, or its devices cannot be observed; else 0. */
export const softwareMetric = 'HardwareTierInSoftware';

/** Path of the script that configures the devices and chooses the capacity file before every start of the tier. */
export const chooseProgram = '/usr/local/lib/diptych/choose-acceleration';

/** Path of the script that measures whether the devices work, and sends the metric. */
export const reportProgram = '/usr/local/lib/diptych/report-acceleration';

/** Name of the systemd timer that runs the report. */
export const reportTimer = 'diptych-acceleration';

/** PCI vendor and device ids of Intel QuickAssist, 4th generation (4940, 4942, 4944), as a shell pattern. */
const deviceIdentity = '0x8086:0x494[024]';

/** Script section that reboots once with the kernel arguments that device passthrough (VFIO) needs; cloud-init then runs the boot script again. */
export const kernelArguments = `if ! grep --quiet --word-regexp 'intel_iommu=on' /proc/cmdline && [ ! -e /var/lib/diptych/restarted ]; then
  install -d -m 0755 /var/lib/diptych
  touch /var/lib/diptych/restarted
  install -m 0755 "$0" /var/lib/cloud/scripts/per-boot/diptych
  if command -v grubby; then
    grubby --update-kernel=ALL --args='intel_iommu=on iommu=pt'
  else
    echo "GRUB_CMDLINE_LINUX=\\"\\$GRUB_CMDLINE_LINUX intel_iommu=on iommu=pt\\"" >/etc/default/grub.d/90-diptych.cfg
    update-grub
  fi
  systemctl reboot
  exit 0
fi
rm --force /var/lib/cloud/scripts/per-boot/diptych
# Where SELinux rules, containers may use devices only if it is said.
if command -v setsebool; then
  setsebool -P container_use_devices=1 || true
fi`;

/**
 * Renders the script that gives every virtual function of every device to the tier's user and runs the self-test.
 *
 * If there is no function, or the self-test fails, the script installs the capacity file for software. The driver configures every
 * other device for compression, so each device is reconfigured for asymmetric cryptography, which needs it down and without functions.
 *
 * @see https://docs.kernel.org/admin-guide/abi-testing.html sysfs-driver-qat, state and cfg_services, Linux 6.0 and later
 */
export function chooseAcceleration(tier: TierPlan, image: string): string {
  return `#!/bin/bash
set -uo pipefail
shopt -s nullglob
# The unit's standard output takes events alone.
exec >&2
functions=0
target() { basename "$(readlink --canonicalize "$1")"; }
is_asymmetric() {
  [ "$(cat "$1/qat/cfg_services")" = asym ] && [ "$(cat "$1/qat/state")" = up ]
}
configure_device() {
  is_asymmetric "$1" && return
  echo 0 >"$1/sriov_numvfs" || return
  if [ "$(cat "$1/qat/state")" = up ]; then
    echo down >"$1/qat/state" || return
  fi
  echo asym >"$1/qat/cfg_services" && echo up >"$1/qat/state" && is_asymmetric "$1"
}
bind_function() {
  local group
  echo vfio-pci >"$1/driver_override" || return
  if [ -e "$1/driver" ] && [ "$(target "$1/driver")" != vfio-pci ]; then
    target "$1" >"$1/driver/unbind" || return
  fi
  target "$1" >/sys/bus/pci/drivers_probe
  group="/dev/vfio/$(target "$1/iommu_group")"
  [ "$(target "$1/driver")" = vfio-pci ] && [ -e "$group" ] && chown ${containerUser.uid}:${containerUser.gid} "$group" &&
    functions=$((functions + 1))
}
use_device() {
  configure_device "$1" || return
  if [ "$(cat "$1/sriov_numvfs")" -eq 0 ]; then
    cat "$1/sriov_totalvfs" >"$1/sriov_numvfs" || return
  fi
  local function
  for function in "$1"/virtfn*; do
    bind_function "$function" || echo "cannot use the function at $function" >&2
  done
}
modprobe qat_4xxx || true
modprobe vfio-pci || true
install -d -m 0755 /dev/vfio
for device in /sys/bus/pci/devices/*; do
  if [[ "$(cat "$device/vendor"):$(cat "$device/device")" == ${deviceIdentity} ]]; then
    use_device "$device" || echo "cannot use the device at $device" >&2
  fi
done
acceleration=software
if [ "$functions" -gt 0 ] && podman run ${selfTestArguments(tier, image).join(' ')}; then
  acceleration=hardware
fi
echo "capacity: $acceleration, functions: $functions"
install -m 0644 "${capacityFolder}/$acceleration.cfg" ${configurationFolder}/${capacityFile}`;
}

/**
 * Renders the script that reports whether an instance runs in software: because it chose to, or because handshakes occurred without
 * responses of the device firmware, which counts them.
 *
 * It counts sessions of frontends, because HAProxy's count of TLS connections includes connections to servers. A device without
 * readable counters is reported as software. The counters exclude the firmware's admin engines, so reading them changes nothing.
 *
 * @see https://docs.kernel.org/admin-guide/abi-testing.html debugfs-driver-qat, fw_counters, Linux 6.6 and later
 */
export function reportAcceleration(site: string, zone: string): string {
  return `#!/bin/bash
set -euo pipefail
state=/var/lib/diptych/acceleration
mountpoint --quiet /sys/kernel/debug || mount -t debugfs none /sys/kernel/debug
answers="$({ cat /sys/kernel/debug/qat_*/fw_counters || true; } | awk '
  $1 == "AE" { column = 0; for (field = 2; field <= NF; field++) if ($field == "Responses") column = field; next }
  column && $1 ~ /^[0-9]+:$/ { total += $column } END { printf "%.0f", total }')"
handshakes="$({ curl --silent --max-time 5 "http://\${${environment.address}}:${metricsPort}/metrics" || true; } | awk '
  $1 ~ /^haproxy_frontend_sessions_total/ && $1 !~ /proxy="diptych[.]/ { total += $2 } END { printf "%.0f", total }')"
read -r earlier_answers earlier_handshakes <"$state" || true
echo "$answers $handshakes" >"$state"
software=0
if [ "$(<${configurationFolder}/${capacityFile})" != "$(<${capacityFolder}/${capacityFiles.hardware})" ] || [ "$answers" -eq 0 ]; then
  software=1
elif [ "$handshakes" -gt "\${earlier_handshakes:-0}" ] && [ "$answers" -eq "\${earlier_answers:-0}" ]; then
  software=1
fi
aws cloudwatch put-metric-data --namespace ${metricNamespace} --metric-name ${softwareMetric} --value "$software" \\
  --dimensions Site=${shellWord(site)},Zone=${shellWord(zone)}`;
}

/** Renders the systemd service and timer that run the report once a minute. */
export function reportUnits(region: string): { service: string; timer: string } {
  return {
    service: `[Unit]
Description=Says whether the tier's acceleration devices work

[Service]
Type=oneshot
Environment=AWS_DEFAULT_REGION=${shellWord(region)}
EnvironmentFile=${environmentFile}
StateDirectory=diptych
ExecStart=${reportProgram}`,
    timer: `[Unit]
Description=Says once a minute whether the tier's acceleration devices work

[Timer]
OnBootSec=60
OnUnitActiveSec=60

[Install]
WantedBy=timers.target`,
  };
}
