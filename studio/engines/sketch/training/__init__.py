"""How sketch's network learns depth: pictures made by the project, training, evaluation. The studio runs none of it.

Two sources of pictures share one format (``samples``):

- ``sets`` renders sets of boxes, balls and cones (``props``, ``bodies``, ``patterns``, ``rays``) in numpy, about ten a
  second on a core: many layouts.
- ``blender`` renders scenes (``scenes``, ``shapes``, ``surfaces``) with true light, three views in two seconds: seven
  times slower. It needs Blender as a module (``pip install bpy``), which is no dependency of the studio.

``train`` learns from the shards of both (``data``), from chance or from where a model stands; ``evaluate`` compares
what was learnt with what needs no network. The network stands in the engine's denoise stage (``hypotheses``,
``depth.steady``); its weights are in ``assets/models/sketch``.
"""
