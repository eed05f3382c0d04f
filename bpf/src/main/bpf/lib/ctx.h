// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* What a packet carries between programs: control-block slots, mark, traffic-control index. */
#ifndef TAILWALK_CTX_H
#define TAILWALK_CTX_H

#include "helpers.h"
#include "reasons.h"

/* Control-block slots. A slot has several names because several pairs of programs use it. */
enum cb_slot {
	CB_SRC_LABEL = 0,
	CB_PORT = 0,
	CB_IFINDEX = 1,
	CB_POLICY = 2,
	CB_BACKEND_ID = 2,
	CB_NAT = 3,
	CB_FROM_HOST = 3,
	CB_CT_STATE = 4,
	CB_CUSTOM_CALLS = 4,
};

/* Slot CB_FROM_HOST of a packet that comes from the L7 load balancer's proxy. */
#define FROM_HOST_L7_LB 0xFACADE42

/* tc_index bits. */
#define TC_INDEX_F_SKIP_INGRESS_PROXY 1
#define TC_INDEX_F_SKIP_EGRESS_PROXY 2

/* Mark: magic values under MARK_MAGIC_HOST_MASK, identity in the rest. */
#define MARK_MAGIC_HOST_MASK 0x0F00
#define MARK_MAGIC_KEY_MASK 0xFF00
#define MARK_MAGIC_TO_PROXY 0x0200
#define MARK_MAGIC_PROXY_EGRESS_EPID 0x0900
#define MARK_MAGIC_PROXY_INGRESS 0x0A00
#define MARK_MAGIC_PROXY_EGRESS 0x0B00
#define MARK_MAGIC_HOST 0x0C00
#define MARK_MAGIC_ENCRYPT 0x0E00
#define MARK_MAGIC_IDENTITY 0x0F00

/*
 * The verifier refuses an access through a pointer *into* the context. Hiding where the pointer came from keeps the
 * compiler from sharing such an address between accesses.
 */
#define ctx_hide(CTX) asm volatile("" : "+r"(CTX))

static __always_inline __u32 ctx_load_meta(const struct __sk_buff *ctx, const __u32 slot)
{
	ctx_hide(ctx);
	return ctx->cb[slot];
}

static __always_inline void ctx_store_meta(struct __sk_buff *ctx, const __u32 slot, __u32 value)
{
	ctx_hide(ctx);
	ctx->cb[slot] = value;
}

static __always_inline __u32 ctx_take_meta(struct __sk_buff *ctx, const __u32 slot)
{
	__u32 value = ctx_load_meta(ctx, slot);

	ctx_store_meta(ctx, slot, 0);
	return value;
}

static __always_inline void ctx_clear_meta(struct __sk_buff *ctx)
{
	ctx_store_meta(ctx, 0, 0);
	ctx_store_meta(ctx, 1, 0);
	ctx_store_meta(ctx, 2, 0);
	ctx_store_meta(ctx, 3, 0);
	ctx_store_meta(ctx, 4, 0);
}

static __always_inline void set_identity_mark(struct __sk_buff *ctx, __u32 identity)
{
	__u32 mark = (ctx->mark & MARK_MAGIC_KEY_MASK) | MARK_MAGIC_IDENTITY;

	ctx->mark = mark | (identity & 0xFFFF) << 16 | (identity & 0xFF0000) >> 16;
}

static __always_inline __u32 get_identity_mark(const struct __sk_buff *ctx)
{
	__u32 mark = ctx->mark;

	return (mark & 0xFF) << 16 | mark >> 16;
}

#endif
