"""Surfaces and light for Blender's training scenes: patterned materials, lamps, sun and sky. Runs inside ``bpy``."""

from __future__ import annotations

import math
from typing import Any

import bpy
import numpy as np
from mathutils import Vector
from numpy.typing import NDArray

from studio.engines.sketch.training.shapes import Random

__all__ = ["daylight", "green", "lamplight", "light", "material", "skin"]

Colour = NDArray[np.floating[Any]]


def material(rng: Random, colour: Colour | None = None, *, metal: float = 0.0, glow: float = 0.0) -> Any:
    """A surface with one of several procedural patterns between two related colours."""
    made = bpy.data.materials.new("m")
    made.use_nodes = True
    nodes, links = made.node_tree.nodes, made.node_tree.links
    surface = nodes["Principled BSDF"]
    first = rng.uniform(0.02, 0.9, 3) if colour is None else colour
    if colour is None and rng.random() < 0.5:  # most things are less colourful than chance
        first = first.mean() + (first - first.mean()) * rng.uniform(0.05, 0.5)
    second = np.clip(first * rng.uniform(0.35, 1.6) + rng.normal(0, 0.06, 3), 0.005, 1)
    surface.inputs["Roughness"].default_value = float(rng.uniform(0.15, 1))
    surface.inputs["Metallic"].default_value = metal
    if glow:
        surface.inputs["Emission Color"].default_value = (*first, 1)
        surface.inputs["Emission Strength"].default_value = glow
    pattern = str(rng.choice(["plain", "noise", "noise", "voronoi", "brick", "wave", "checker"]))
    if pattern == "plain":
        surface.inputs["Base Color"].default_value = (*first, 1)
        return made
    kinds = {"noise": "Noise", "voronoi": "Voronoi", "brick": "Brick", "wave": "Wave", "checker": "Checker"}
    texture = nodes.new(f"ShaderNodeTex{kinds[pattern]}")
    place, where = nodes.new("ShaderNodeMapping"), nodes.new("ShaderNodeTexCoord")
    scale = float(np.exp(rng.uniform(0, 3.4)))
    place.inputs["Scale"].default_value = (scale, scale * float(rng.choice([1, 1, 0.2, 4])), scale)
    links.new(where.outputs["Object"], place.inputs["Vector"])
    links.new(place.outputs["Vector"], texture.inputs["Vector"])
    if pattern in {"brick", "checker"}:
        texture.inputs["Color1"].default_value, texture.inputs["Color2"].default_value = (*first, 1), (*second, 1)
        links.new(texture.outputs["Color"], surface.inputs["Base Color"])
        return made
    if pattern == "noise":
        texture.inputs["Detail"].default_value = float(rng.uniform(1, 8))
    ramp = nodes.new("ShaderNodeValToRGB")
    ramp.color_ramp.elements[0].color, ramp.color_ramp.elements[1].color = (*first, 1), (*second, 1)
    ramp.color_ramp.elements[0].position, ramp.color_ramp.elements[1].position = 0.35, 0.65
    links.new(texture.outputs[0], ramp.inputs["Fac"])
    links.new(ramp.outputs["Color"], surface.inputs["Base Color"])
    return made


def skin(rng: Random) -> Colour:
    """The colour of somebody's skin."""
    return np.asarray(np.array([0.75, 0.48, 0.36]) * rng.uniform(0.12, 1.15) + rng.normal(0, 0.02, 3).clip(-0.03, 0.03))


def green(rng: Random) -> Colour:
    """The colour of leaves, now and then of autumn or blossom."""
    if rng.random() < 0.2:
        return rng.uniform([0.3, 0.1, 0.02], [0.9, 0.5, 0.4])
    return rng.uniform([0.02, 0.1, 0.01], [0.25, 0.45, 0.12])


def light(kind: str, at: Vector, power: float, colour: Colour, rng: Random, size: float = 1.0) -> None:
    """Add a lamp that looks at the origin."""
    data = bpy.data.lights.new("lamp", kind)
    data.energy, data.color = power, tuple(float(c) for c in colour)
    if kind == "AREA":
        data.size = size
    elif kind == "SUN":
        data.angle = float(rng.uniform(0.005, 0.3))
    made = bpy.data.objects.new("lamp", data)
    bpy.context.scene.collection.objects.link(made)
    made.location = at
    made.rotation_euler = (-at).to_track_quat("-Z", "Y").to_euler()


def world(rng: Random, strength: float, *, night: bool = False) -> None:
    """The sky: from one colour at the horizon to another overhead, sometimes with clouds."""
    made = bpy.data.worlds.new("w")
    bpy.context.scene.world = made
    made.use_nodes = True
    made.cycles.sampling_method, made.cycles.sample_map_resolution = "MANUAL", 64  # 1024 would cost more than a view
    nodes, links = made.node_tree.nodes, made.node_tree.links
    low = rng.uniform([0.5, 0.4, 0.3], [1.0, 0.9, 0.9])
    high = rng.uniform([0.08, 0.2, 0.4], [0.5, 0.6, 1.0])
    if rng.random() < 0.25:
        low = high = np.full(3, rng.uniform(0.4, 1))
    if night:
        low, high = low * 0.06, high * 0.03
    where, split = nodes.new("ShaderNodeTexCoord"), nodes.new("ShaderNodeSeparateXYZ")
    ramp = nodes.new("ShaderNodeValToRGB")
    ramp.color_ramp.elements[0].color, ramp.color_ramp.elements[1].color = (*low, 1), (*high, 1)
    ramp.color_ramp.elements[1].position = float(rng.uniform(0.2, 0.9))
    links.new(where.outputs["Generated"], split.inputs[0])
    links.new(split.outputs["Z"], ramp.inputs["Fac"])
    colour = ramp.outputs["Color"]
    if rng.random() < 0.6:
        clouds, mix, curve = (nodes.new(f"ShaderNode{n}") for n in ("TexNoise", "MixRGB", "ValToRGB"))
        clouds.inputs["Scale"].default_value = float(rng.uniform(1, 7))
        clouds.inputs["Detail"].default_value = 6
        curve.color_ramp.elements[0].position = float(rng.uniform(0.4, 0.6))
        curve.color_ramp.elements[1].position = float(rng.uniform(0.6, 0.8))
        links.new(where.outputs["Generated"], clouds.inputs["Vector"])
        links.new(clouds.outputs[0], curve.inputs["Fac"])
        links.new(curve.outputs["Color"], mix.inputs["Fac"])
        links.new(colour, mix.inputs[1])
        mix.inputs[2].default_value = (*(np.full(3, rng.uniform(0.6, 1)) * (0.06 if night else 1)), 1)
        colour = mix.outputs[0]
    links.new(colour, nodes["Background"].inputs["Color"])
    nodes["Background"].inputs["Strength"].default_value = strength


def daylight(rng: Random) -> None:
    """Sun and sky: clear, overcast, low and golden."""
    overcast = rng.random() < 0.3
    world(rng, float(rng.uniform(0.5, 1.3)))
    if not overcast:
        turn, height = rng.uniform(0, 2 * math.pi), rng.uniform(0.12, 1.4)
        at = Vector((math.cos(turn) * math.cos(height), math.sin(turn) * math.cos(height), math.sin(height))) * 20
        warm = np.clip(1 - height / 0.6, 0, 1)
        light("SUN", at, float(rng.uniform(1.5, 6)), np.array([1, 0.95 - 0.4 * warm, 0.9 - 0.65 * warm]), rng)


def lamplight(rng: Random, reach: float, *, night: bool = False) -> None:
    """A few lamps in a dim surrounding: a studio, a room, a street at night; now and then coloured gels."""
    world(rng, float(rng.uniform(0.05, 0.5)), night=night)
    gels = rng.random() < (0.5 if night else 0.15)
    for _ in range(int(rng.integers(1, 4))):
        turn, height = rng.uniform(0, 2 * math.pi), rng.uniform(0.3, 1.3)
        at = Vector((math.cos(turn) * math.cos(height), math.sin(turn) * math.cos(height), math.sin(height))) * reach
        colour = rng.uniform(0, 1, 3) ** 2 if gels else np.array([1, rng.uniform(0.6, 1), rng.uniform(0.3, 1)])
        power = float(reach**2 * rng.uniform(8, 45))
        light("AREA", at, power, colour, rng, float(reach * rng.uniform(0.1, 0.8)))
