"""The spaCy components: each takes a Doc and returns it; none knows another.

What one hands on to the next lies in ``doc.user_data`` and is read and written through
``extractor.components.state``.  The order is that of ``models/zh_news/config.cfg``.
"""
