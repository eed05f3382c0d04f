// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * One variable of each structure and enumeration that user space knows too, so that the object's BTF describes them: most
 * are local to the programs, and BTF leaves local types out.
 */
#define ENABLE_IPV4 1
#define ENABLE_IPV6 1
#define ENABLE_SESSION_AFFINITY 1

#ifdef YEAR2020
# define MTU 1500
# include "../../../main/bpf/walkthrough2020/maps.h"
# include "../../../main/bpf/walkthrough2020/conntrack_entry.h"
# include "../../../main/bpf/walkthrough2020/policy_lookup.h"
# include "../../../main/bpf/walkthrough2020/drop.h"
#endif
#include "../../../main/bpf/lib/drop.h"
#include "../../../main/bpf/lib/policy.h"
#include "../../../main/bpf/lib/trace.h"

#define KEEP(KIND, NAME) KIND NAME keep_##NAME

KEEP(struct, endpoint_key);
KEEP(struct, endpoint_info);
KEEP(struct, ipcache_key);
KEEP(struct, remote_endpoint_info);
KEEP(struct, policy_key);
KEEP(struct, policy_entry);
KEEP(struct, metrics_key);
KEEP(struct, metrics_value);
KEEP(struct, ipv4_ct_tuple);
KEEP(struct, ipv6_ct_tuple);
KEEP(struct, ct_entry);
KEEP(struct, ct_state);
#ifndef YEAR2020
KEEP(struct, ct_buffer4);
KEEP(struct, ct_buffer6);
#endif
KEEP(struct, ipv4_frag_id);
KEEP(struct, ipv4_frag_l4ports);
KEEP(struct, lb4_key);
KEEP(struct, lb6_key);
KEEP(struct, lb_service);
KEEP(struct, lb4_backend);
KEEP(struct, lb6_backend);
KEEP(struct, lb4_reverse_nat);
KEEP(struct, lb6_reverse_nat);
KEEP(struct, lb4_affinity_key);
KEEP(struct, lb6_affinity_key);
KEEP(struct, lb_affinity_val);
KEEP(struct, lb_affinity_match);
KEEP(struct, drop_notify);
KEEP(struct, trace_notify);
KEEP(struct, policy_verdict_notify);
KEEP(struct, debug_msg);
KEEP(struct, debug_capture_msg);
KEEP(struct, signal_msg);

KEEP(enum, drop_reason);
KEEP(enum, metric_reason);
KEEP(enum, metric_dir);
KEEP(enum, ct_status);
KEEP(enum, tuple_flag);
KEEP(enum, trace_point);
KEEP(enum, notify_type);
KEEP(enum, policy_match);
KEEP(enum, endpoint_flag);
KEEP(enum, svc_flag);
#ifndef YEAR2020
KEEP(enum, svc_flag2);
#endif

/* An object without a program is not read. */
__section("classifier")
int nothing(struct __sk_buff *ctx)
{
	return 0;
}
