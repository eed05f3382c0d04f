// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Reserved identities and the identity that a mark carries. */
#ifndef TAILWALK_IDENTITY_H
#define TAILWALK_IDENTITY_H

#include "dbg.h"
#include "trace.h"

#define HOST_ID 1
#define WORLD_ID 2
#define REMOTE_NODE_ID 6
#define KUBE_APISERVER_NODE_ID 7

/* Identities that say where a packet came from rather than who sent it: the ipcache may know better. */
static __always_inline bool identity_is_reserved(__u32 identity)
{
	return identity <= WORLD_ID || identity_of_a_node(identity);
}

/*
 * What the mark of a packet to the container says: an identity (with L7 load balancing: an endpoint id), and whether it
 * comes from a proxy. The mark is consumed.
 */
static __always_inline enum trace_point inherit_identity_from_mark(struct __sk_buff *ctx, __u32 *identity)
{
	__u32 magic = ctx->mark & MARK_MAGIC_HOST_MASK;
	enum trace_point point = TRACE_FROM_STACK;

	switch (magic) {
	case MARK_MAGIC_PROXY_INGRESS:
		*identity = get_identity_mark(ctx);
		ctx->tc_index |= TC_INDEX_F_SKIP_INGRESS_PROXY;
		point = TRACE_FROM_PROXY;
		break;
	case MARK_MAGIC_PROXY_EGRESS:
		*identity = get_identity_mark(ctx);
		ctx->tc_index |= TC_INDEX_F_SKIP_EGRESS_PROXY;
		point = TRACE_FROM_PROXY;
		break;
#ifndef ERA_WALKTHROUGH2020
	case MARK_MAGIC_ENCRYPT:
#endif
	case MARK_MAGIC_IDENTITY:
		*identity = get_identity_mark(ctx);
		break;
	case MARK_MAGIC_HOST:
		*identity = HOST_ID;
		break;
#ifdef ENABLE_L7_LB
	case MARK_MAGIC_PROXY_EGRESS_EPID:
		*identity = ctx->mark >> 16;
		break;
#endif
	default:
		*identity = WORLD_ID;
		break;
	}
	ctx->mark = 0;
#ifdef ENABLE_L7_LB
	if (magic != MARK_MAGIC_PROXY_EGRESS_EPID)
#endif
		cilium_dbg(ctx, DBG_INHERIT_IDENTITY, *identity, 0);
	return point;
}

#endif
