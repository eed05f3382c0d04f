// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* How the two hooks of a pod begin, before they tell the families apart. */
#ifndef TAILWALK_HOOKS_H
#define TAILWALK_HOOKS_H

#include "eth.h"
#include "static_data.h"
#include "trace.h"

/* Of a packet that the pod sends. False: not Ethernet. */
static __always_inline bool from_container_begins(struct __sk_buff *ctx, __u16 *proto)
{
	struct trace_ctx trace = { .reason = TRACE_REASON_AT_HOOK, .monitor = TRACE_PAYLOAD_LEN };

	ctx_clear_meta(ctx);
#ifdef RESET_QUEUES
	ctx->queue_mapping = 0;
#endif
	send_trace_notify(ctx, TRACE_FROM_LXC, seclabel(), 0, 0, 0, &trace);
	return validate_ethertype(ctx, proto);
}

/* Where a packet to the pod came from, as its mark said. */
static __always_inline void trace_to_container(struct __sk_buff *ctx, enum trace_point point, __u32 identity)
{
	struct trace_ctx trace = { .reason = TRACE_REASON_AT_HOOK, .monitor = TRACE_PAYLOAD_LEN };

	if (point == TRACE_FROM_PROXY)
		send_trace_notify(ctx, TRACE_FROM_PROXY, identity, 0, 0, ctx->ingress_ifindex, &trace);
	else
		send_trace_notify(ctx, TRACE_FROM_STACK, identity, 0, 0, ctx->ingress_ifindex, &trace);
}

#endif
